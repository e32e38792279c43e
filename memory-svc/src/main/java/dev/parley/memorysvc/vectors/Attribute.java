package dev.parley.memorysvc.vectors;

/** A named property of a point; a point may have several of one name. */
public sealed interface Attribute {
  /** Its name: a lower-case letter, then lower-case letters, digits and underscores. */
  String name();

  /** A word that can be filtered by, compared as a whole. */
  record Keyword(String name, String value) implements Attribute {}

  /** A whole number that can be filtered by, compared by size. */
  record Whole(String name, long value) implements Attribute {}

  /** Kept and given back, never filtered by. */
  record Payload(String name, String value) implements Attribute {}
}
