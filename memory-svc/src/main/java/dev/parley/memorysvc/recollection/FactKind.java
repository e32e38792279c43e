package dev.parley.memorysvc.recollection;

/** What a fact is about. */
public enum FactKind {
  /** It is no fact. */
  NONE,
  /** A name. */
  NAME,
  /** A like or dislike. */
  LIKE,
  /** Somebody they know. */
  PERSON,
  /** A place. */
  PLACE,
  /** A plan. */
  PLAN,
  /** Work, possession, habit or anything else they told of themselves. */
  OTHER
}
