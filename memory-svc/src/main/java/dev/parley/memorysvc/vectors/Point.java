package dev.parley.memorysvc.vectors;

import dev.parley.memorysvc.embedding.Vector;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Something with a meaning, words and attributes.
 *
 * @param id unique in its collection
 * @param vector its meaning; without one it is found by its words only
 * @param text its words; empty is found by meaning only
 * @param attributes what can be filtered by and is given back, in order
 */
public record Point(String id, Optional<Vector> vector, String text, List<Attribute> attributes) {

  /** Copies the attributes. */
  public Point {
    attributes = List.copyOf(attributes);
  }

  /** The same point with a vector. */
  public Point with(Vector meaning) {
    return new Point(id, Optional.of(meaning), text, attributes);
  }

  /** The same point without its vector. */
  public Point withoutVector() {
    return new Point(id, Optional.empty(), text, attributes);
  }

  /** The words under a name, keywords and payloads alike. */
  public Stream<String> words(String name) {
    return attributes.stream()
        .filter(attribute -> attribute.name().equals(name))
        .flatMap(attribute ->
            switch (attribute) {
              case Attribute.Keyword keyword -> Stream.of(keyword.value());
              case Attribute.Payload payload -> Stream.of(payload.value());
              case Attribute.Whole whole -> Stream.of();
            });
  }

  /** The first word under a name, empty when there is none. */
  public String word(String name) {
    return words(name).findFirst().orElse("");
  }

  /** The first number under a name, 0 when there is none. */
  public long whole(String name) {
    return attributes.stream()
        .filter(attribute -> attribute.name().equals(name))
        .filter(Attribute.Whole.class::isInstance)
        .mapToLong(attribute -> ((Attribute.Whole) attribute).value())
        .findFirst()
        .orElse(0);
  }
}
