package dev.parley.cli.account;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Asks the person: at the terminal, where a secret is not shown, or line by line from a pipe. */
public final class Prompt {
  private final BufferedReader in;
  private final boolean terminal;

  public Prompt(InputStream in, boolean terminal) {
    this.in = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    this.terminal = terminal;
  }

  /** A line. */
  Optional<String> line(PrintWriter err, String question) {
    ask(err, question);
    return read();
  }

  /** A line that is not shown while it is typed. */
  Optional<String> secret(PrintWriter err, String question) {
    if (!terminal) {
      return line(err, question);
    }
    return Optional.ofNullable(System.console().readPassword("%s", question)).map(String::new);
  }

  private void ask(PrintWriter err, String question) {
    if (terminal) {
      err.print(question);
      err.flush();
    }
  }

  private Optional<String> read() {
    try {
      return Optional.ofNullable(in.readLine()).map(String::strip);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
