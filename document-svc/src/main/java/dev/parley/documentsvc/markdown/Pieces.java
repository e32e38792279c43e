package dev.parley.documentsvc.markdown;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.Optional;

/**
 * Cuts a text into pieces at empty lines outside of fenced code; a piece may be cut anywhere at
 * twice its length.
 */
final class Pieces {
  private final BufferedReader reader;
  private final int length;
  private final StringBuilder line = new StringBuilder();
  private boolean ended;

  Pieces(BufferedReader reader, int length) {
    this.reader = reader;
    this.length = length;
  }

  /** The next piece; empty at the end. */
  Optional<String> next() throws IOException {
    StringBuilder piece = new StringBuilder();
    boolean fenced = false;
    while (!ended && piece.length() < 2 * length) {
      readLine();
      String words = line.toString();
      if (words.stripLeading().startsWith("```") || words.stripLeading().startsWith("~~~")) {
        fenced = !fenced;
      }
      piece.append(words);
      if (piece.length() >= length && words.isBlank() && !fenced) {
        break;
      }
    }
    return piece.isEmpty() ? Optional.empty() : Optional.of(piece.toString());
  }

  /** One line with its end, or as much of an endless one as a piece may hold. */
  private void readLine() throws IOException {
    line.setLength(0);
    int c = 0;
    while (c != '\n' && line.length() < length) {
      c = reader.read();
      if (c < 0) {
        ended = true;
        return;
      }
      line.append(c == 0 ? ' ' : (char) c);
    }
  }
}
