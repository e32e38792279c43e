package dev.parley.orchestrator.conversation;

import dev.parley.kit.identity.Owner;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A turn as it is kept.
 *
 * @param inputText what the person said; empty for a greeting
 * @param replyText the reply as heard
 * @param cutText what was thought but not heard
 * @param words on the turn's media clock; heard and unheard ones
 * @param citations where the reply comes from, as far as it was heard, in the order of speech
 * @param mediaDuration length of the voice that is stored; zero when there is none
 * @param endTime empty while it runs
 * @param receipt empty while it runs
 * @param requestId of the call that asked for it, empty when none; unique per owner otherwise
 */
public record TurnRecord(
    String id,
    Owner owner,
    String sessionId,
    String characterId,
    TurnState state,
    String inputText,
    boolean spokenInput,
    String replyText,
    String cutText,
    List<Word> words,
    List<Citation> citations,
    Duration mediaDuration,
    Instant createTime,
    Optional<Instant> endTime,
    Optional<Receipt> receipt,
    String requestId) {

  /** One that is asked for and has not begun, or never does. */
  public static TurnRecord unspoken(SessionRecord session, TurnRequest asked, TurnState state) {
    Instant now = Instant.now();
    return new TurnRecord(
        asked.turnId(),
        session.owner(),
        session.id(),
        session.characterId(),
        state,
        asked.input(),
        asked.spoken(),
        "",
        "",
        List.of(),
        List.of(),
        Duration.ZERO,
        now,
        state.over() ? Optional.of(now) : Optional.empty(),
        Optional.empty(),
        asked.requestId());
  }

  /** Whether memory is to have it: something was said, and something was heard of the reply. */
  public boolean isMemorable() {
    return state.over() && !inputText.isEmpty() && !replyText.isEmpty();
  }
}
