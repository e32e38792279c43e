package dev.parley.cli.talk;

/** Where a conversation is shown and where words are typed. Showing is safe for threads. */
interface Screen extends AutoCloseable {
  /** What came from the keyboard. */
  sealed interface Typed {
    /** A line. */
    record Line(String text) implements Typed {}

    /** Ctrl-C. */
    record Stop() implements Typed {}

    /** Nothing more will come. */
    record End() implements Typed {}
  }

  /** Waits for what is typed next. */
  Typed read();

  /** Whether a person sits there, who can wait for an answer by herself. */
  boolean attended();

  /** What the character has said so far of a turn; each call adds to the one before. */
  void speaking(String soFar);

  /** What was understood so far; it may change. */
  void hearing(String soFar);

  /** A finished line, instead of what was still changing. */
  void line(String text);

  @Override
  void close();
}
