package dev.parley.orchestrator.postgres;

import dev.parley.kit.failure.Failure;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Where a page in order of names ended: the id and name of its last row. */
record NameToken(String id, String name) {
  String encode() {
    byte[] text = (id + " " + name).getBytes(StandardCharsets.UTF_8);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text);
  }

  /** Reads one that {@link #encode} wrote; an empty one is before all. */
  static NameToken decode(String token) {
    if (token.isEmpty()) {
      return new NameToken("", "");
    }
    try {
      String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
      int blank = text.indexOf(' ');
      return new NameToken(text.substring(0, blank), text.substring(blank + 1));
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw Failure.invalid("page_token", token + " (expected one from the page before)");
    }
  }
}
