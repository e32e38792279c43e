package dev.parley.cli.talk;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Pipes and files: words follow each other as they are spoken, nothing is ever taken back. */
final class PlainScreen implements Screen {
  private final BufferedReader in;
  private final PrintWriter out;
  private String open = "";

  PlainScreen(InputStream in, PrintWriter out) {
    this.in = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    this.out = out;
  }

  @Override
  public Typed read() {
    try {
      String line = in.readLine();
      return line == null ? new Typed.End() : new Typed.Line(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public boolean attended() {
    return false;
  }

  @Override
  public synchronized void speaking(String soFar) {
    if (!soFar.startsWith(open)) {
      out.println();
      open = "";
    }
    out.print(soFar.substring(open.length()));
    out.flush();
    open = soFar;
  }

  @Override
  public void hearing(String soFar) {
    // Shown when it is certain; a pipe cannot take words back.
  }

  @Override
  public synchronized void line(String text) {
    if (!open.isEmpty() && !text.startsWith(open)) {
      out.println();
      open = "";
    }
    out.println(text.substring(open.length()));
    out.flush();
    open = "";
  }

  @Override
  public void close() {
    out.flush();
  }
}
