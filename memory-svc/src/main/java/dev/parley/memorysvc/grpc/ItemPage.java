package dev.parley.memorysvc.grpc;

import dev.parley.kit.failure.Failure;
import dev.parley.memorysvc.recollection.Item;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.List;

/** Where a page of items ended: its last item's time and id. Items are newest first. */
final class ItemPage {
  private ItemPage() {}

  static String token(Item last) {
    String place = last.time() + " " + last.id();
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(place.getBytes(StandardCharsets.UTF_8));
  }

  /** What follows a page; everything for an empty token. */
  static List<Item> after(String token, List<Item> items) {
    if (token.isEmpty()) {
      return items;
    }
    try {
      String place = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
      String[] parts = place.split(" ", 2);
      Instant time = Instant.parse(parts[0]);
      return items.stream()
          .filter(it ->
              it.time().isBefore(time) || it.time().equals(time) && it.id().compareTo(parts[1]) > 0)
          .toList();
    } catch (IllegalArgumentException | DateTimeParseException | ArrayIndexOutOfBoundsException e) {
      throw Failure.invalid("page_token", "unknown (expected one from the previous answer)")
          .causedBy(e);
    }
  }
}
