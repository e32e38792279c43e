package dev.parley.memorysvc.vectors;

/** A way to look. */
public enum Leg {
  /** By meaning. */
  DENSE,
  /** By words. */
  LEXICAL
}
