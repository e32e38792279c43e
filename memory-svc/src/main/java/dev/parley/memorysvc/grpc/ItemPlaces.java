package dev.parley.memorysvc.grpc;

import dev.parley.kit.failure.Failure;
import dev.parley.memorysvc.recollection.Items;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.Optional;

/** Where a page of items ended, as a token. */
final class ItemPlaces {
  private ItemPlaces() {}

  static String write(Items.Place last) {
    String place = last.time() + " " + last.id();
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(place.getBytes(StandardCharsets.UTF_8));
  }

  /** None for an empty token. */
  static Optional<Items.Place> read(String token) {
    if (token.isEmpty()) {
      return Optional.empty();
    }
    try {
      String place = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
      String[] parts = place.split(" ", 2);
      return Optional.of(new Items.Place(Instant.parse(parts[0]), parts[1]));
    } catch (IllegalArgumentException | DateTimeParseException | ArrayIndexOutOfBoundsException e) {
      throw Failure.invalid("page_token", "unknown (expected one from the previous answer)")
          .causedBy(e);
    }
  }
}
