package dev.parley.memorysvc.recollection;

/** What a memory is. */
public enum ItemKind {
  /** What was said and answered, as heard. */
  TURN,
  /** A fact about the person. */
  FACT,
  /** What a long conversation was about. */
  SUMMARY
}
