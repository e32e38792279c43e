package dev.parley.orchestrator.conversation;

import dev.parley.orchestrator.character.VoiceSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What another replica needs besides the events to go on with a session.
 *
 * @param taken highest number taken from each client
 * @param waiting turns that wait
 * @param underway the turn that runs
 */
public record SessionState(
    SessionRecord record,
    Map<String, Long> taken,
    List<TurnRequest> waiting,
    Optional<Underway> underway) {

  /**
   * A turn that runs.
   *
   * @param voice as it began to speak, whatever the character has become since
   * @param thought whether no more text comes
   * @param failed whether nothing came of thinking but a failure
   * @param playedUs what was last reported as played; negative when nothing was
   * @param marks citations whose sentences are not spoken yet
   */
  public record Underway(
      TurnRequest request,
      VoiceSettings voice,
      boolean thought,
      boolean failed,
      String thinker,
      int inputTokens,
      int outputTokens,
      long playedUs,
      List<Mark> marks) {}

  /** A citation and where in the reply its sentence ends, in UTF-16 code units. */
  public record Mark(Citation citation, int position) {}
}
