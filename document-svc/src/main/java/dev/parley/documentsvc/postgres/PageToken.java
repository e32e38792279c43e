package dev.parley.documentsvc.postgres;

import dev.parley.kit.failure.Failure;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;

/** Where a page ended: the time and id of its last row. */
record PageToken(Instant time, String id) {
  String encode() {
    byte[] text = (time + " " + id).getBytes(StandardCharsets.UTF_8);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text);
  }

  /** Reads one that {@link #encode} wrote. Fails with INVALID_ARGUMENT. */
  static PageToken decode(String token) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
      int blank = text.indexOf(' ');
      return new PageToken(Instant.parse(text.substring(0, blank)), text.substring(blank + 1));
    } catch (IllegalArgumentException | DateTimeException | IndexOutOfBoundsException e) {
      throw Failure.invalid("page_token", token + " (expected one from the page before)");
    }
  }
}
