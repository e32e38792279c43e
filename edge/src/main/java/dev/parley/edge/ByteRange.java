package dev.parley.edge;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Bytes of a whole: from the first, so many.
 *
 * @param first offset of the first byte
 * @param length number of bytes; 0 when no byte of the whole is meant
 */
record ByteRange(long first, long length) {
  private static final Pattern ONE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

  /**
   * Reads a {@code Range} header. Empty when it is none that we serve (several ranges, other units,
   * nonsense), which means the whole; a range outside the whole has length 0.
   */
  static Optional<ByteRange> parse(String header, long total) {
    Matcher matcher = ONE.matcher(header.strip());
    if (!matcher.matches() || header.strip().equals("bytes=-")) {
      return Optional.empty();
    }
    String from = matcher.group(1);
    String to = matcher.group(2);
    if (from.isEmpty()) {
      long length = Math.min(Long.parseLong(to), total);
      return Optional.of(new ByteRange(total - length, length));
    }
    long first = Long.parseLong(from);
    long last = to.isEmpty() ? total - 1 : Math.min(Long.parseLong(to), total - 1);
    if (!to.isEmpty() && Long.parseLong(to) < first) {
      return Optional.empty();
    }
    return Optional.of(new ByteRange(first, Math.max(0, last - first + 1)));
  }

  /** As in {@code Content-Range}. */
  String contentRange(long total) {
    return "bytes " + first + "-" + (first + length - 1) + "/" + total;
  }
}
