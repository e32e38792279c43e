package dev.parley.orchestrator.openai;

/**
 * Leaves out what a reasoning model thinks to itself: text between {@code <think>} and {@code
 * </think>} at the start of an answer, however it is cut into pieces. Not thread-safe.
 */
final class Aloud {
  private static final String OPEN = "<think>";
  private static final String CLOSE = "</think>";

  private enum State {
    START,
    THINKING,
    SPEAKING
  }

  private final StringBuilder held = new StringBuilder();
  private State state = State.START;

  /** What of this piece, and of those held back before, is said aloud. */
  String of(String piece) {
    if (state == State.SPEAKING) {
      return piece;
    }
    held.append(piece);
    if (state == State.START) {
      start();
    }
    if (state == State.THINKING) {
      think();
    }
    return state == State.SPEAKING ? released() : "";
  }

  /** What was held back in case it began a thought, and did not. */
  String rest() {
    return state == State.START ? released() : "";
  }

  private void start() {
    String begun = held.toString().stripLeading();
    if (begun.startsWith(OPEN)) {
      state = State.THINKING;
    } else if (!OPEN.startsWith(begun)) {
      state = State.SPEAKING;
    }
  }

  private void think() {
    int end = held.indexOf(CLOSE);
    if (end >= 0) {
      state = State.SPEAKING;
      held.delete(0, end + CLOSE.length());
      held.delete(0, held.length() - held.toString().stripLeading().length());
    } else if (held.length() > 2 * CLOSE.length()) {
      held.delete(OPEN.length(), held.length() - CLOSE.length());
    }
  }

  private String released() {
    String text = held.toString();
    held.setLength(0);
    return text;
  }
}
