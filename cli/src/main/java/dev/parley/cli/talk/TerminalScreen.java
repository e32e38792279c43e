package dev.parley.cli.talk;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.LineReaderImpl;
import org.jline.terminal.Terminal;

/**
 * A terminal: what is still being said stands above the line being typed and grows there; finished
 * lines move up.
 */
final class TerminalScreen implements Screen {
  private static final String PROMPT = "> ";

  private final Terminal terminal;
  private final LineReaderImpl reader;
  private String open = "";

  TerminalScreen(Terminal terminal) {
    this.terminal = terminal;
    this.reader =
        (LineReaderImpl)
            LineReaderBuilder.builder()
                .terminal(terminal)
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .option(LineReader.Option.ERASE_LINE_ON_FINISH, true)
                .build();
  }

  @Override
  public Typed read() {
    try {
      String typed = reader.readLine(prompt());
      if (!typed.isBlank() && !typed.startsWith("/")) {
        line("you: " + typed.strip());
      }
      return new Typed.Line(typed);
    } catch (UserInterruptException stop) {
      return new Typed.Stop();
    } catch (EndOfFileException end) {
      return new Typed.End();
    }
  }

  @Override
  public boolean attended() {
    return true;
  }

  @Override
  public void speaking(String soFar) {
    grow(soFar);
  }

  @Override
  public void hearing(String soFar) {
    grow(soFar);
  }

  @Override
  public synchronized void line(String text) {
    open = "";
    reader.setPrompt(PROMPT);
    reader.printAbove(wrapped(text));
    redraw();
  }

  @Override
  public void close() {
    try {
      terminal.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private synchronized void grow(String text) {
    open = text;
    reader.setPrompt(prompt());
    redraw();
  }

  private synchronized String prompt() {
    return open.isEmpty() ? PROMPT : wrapped(open) + "\n" + PROMPT;
  }

  private String wrapped(String text) {
    return wrapped(text, terminal.getWidth());
  }

  /** Breaks a text between words so that no line is longer than the terminal is wide. */
  static String wrapped(String text, int columns) {
    StringBuilder lines = new StringBuilder();
    int column = 0;
    for (String word : text.split(" ")) {
      if (column > 0) {
        boolean fits = columns <= 0 || column + 1 + word.length() < columns;
        lines.append(fits ? ' ' : '\n');
        column = fits ? column + 1 : 0;
      }
      lines.append(word);
      column += word.length();
    }
    return lines.toString();
  }

  private void redraw() {
    if (reader.isReading()) {
      try {
        reader.callWidget(LineReader.REDRAW_LINE);
        reader.callWidget(LineReader.REDISPLAY);
      } catch (IllegalStateException justEnded) {
        // The line was ended between the two; the next prompt shows it.
        System.getLogger("parley.talk").log(System.Logger.Level.DEBUG, "not drawn", justEnded);
      }
    }
  }
}
