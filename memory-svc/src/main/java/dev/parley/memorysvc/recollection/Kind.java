package dev.parley.memorysvc.recollection;

/** What a text in the index is. */
public enum Kind {
  /** Something the person told. */
  TOLD,
  /** Something the person asked: says less about them than what they told. */
  ASKED,
  /** Something the character answered, as heard. */
  ANSWERED,
  /** A fact about the person. */
  FACT,
  /** What a long conversation was about. */
  SUMMARY
}
