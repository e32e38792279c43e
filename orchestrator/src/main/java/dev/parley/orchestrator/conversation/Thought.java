package dev.parley.orchestrator.conversation;

import dev.parley.kit.identity.Owner;
import dev.parley.orchestrator.character.Character;
import java.util.ArrayList;
import java.util.List;

/**
 * What a thinker answers to.
 *
 * @param language BCP 47
 * @param history earlier exchanges of this session, oldest first, heard words only, already cut to
 *     the character's history length
 * @param memories what was recalled from earlier sessions, best first
 * @param passages what was found in the character's documents, best first
 * @param input what the person says now
 * @param unsearched whether there are documents that could not be looked through in time
 * @param said what of the answer was thought before, by a process that is gone: only what follows
 *     it is wanted; empty for a new answer
 */
public record Thought(
    Owner owner,
    Character character,
    String language,
    List<Exchange> history,
    List<Recalled> memories,
    List<Passage> passages,
    String input,
    boolean unsearched,
    String said) {
  /** A new answer. */
  public Thought(
      Owner owner,
      Character character,
      String language,
      List<Exchange> history,
      List<Recalled> memories,
      List<Passage> passages,
      String input) {
    this(owner, character, language, history, memories, passages, input, false, "");
  }

  /** What the answer can rest on; the first has the number 1. */
  public List<Source> sources() {
    List<Source> sources = new ArrayList<>(passages);
    sources.addAll(memories);
    return sources;
  }
}
