package dev.parley.orchestrator.conversation;

import java.util.List;

/**
 * What a model noted of a turn.
 *
 * @param facts about the person, from their own words; may be empty
 * @param summary of the session so far; empty where none was asked for
 */
public record Notes(List<Fact> facts, String summary) {
  public Notes {
    facts = List.copyOf(facts);
  }

  /** What a fact is about. */
  public enum Kind {
    NAME,
    LIKE,
    PERSON,
    PLACE,
    PLAN,
    OTHER
  }

  /**
   * A fact about the person.
   *
   * @param text a sentence without its subject, as "Lives in Lisbon."
   * @param slot what a newer fact of the same slot replaces; empty replaces nothing
   * @param importance 0 to 1
   */
  public record Fact(Kind kind, String text, String slot, float importance) {}
}
