package dev.parley.orchestrator.conversation;

import dev.parley.orchestrator.character.Character;
import java.util.List;
import java.util.Set;

/**
 * What a turn begins with.
 *
 * @param tiers what is wanted by somebody
 * @param history earlier exchanges, oldest first
 * @param pose how the face was shown last
 */
record Scene(
    TurnRequest request,
    Character character,
    SessionRecord session,
    SessionFormats formats,
    Set<Tier> tiers,
    List<Exchange> history,
    Pose pose) {
  Scene {
    tiers = Set.copyOf(tiers);
    history = List.copyOf(history);
  }

  boolean wants(Tier tier) {
    return tiers.contains(tier);
  }

  /** Whether anything is wanted that needs the voice. */
  boolean aloud() {
    return wants(Tier.AUDIO) || wants(Tier.FACE) || wants(Tier.VIDEO);
  }

  /** Whether a face is wanted, as weights or as a picture. */
  boolean shown() {
    return wants(Tier.FACE) || wants(Tier.VIDEO);
  }
}
