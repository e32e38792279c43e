package dev.parley.orchestrator.conversation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The turn that was under way when the process that spoke it died, as far as the log knows: what
 * went out counts as heard, the rest as cut.
 *
 * @param completed whether the log already says how it was cut
 */
record Recovery(
    String turnId,
    String heard,
    String cut,
    List<Citation> citations,
    long atUs,
    boolean completed) {

  /** The turn that began and never ended, if there is one. */
  static Optional<Recovery> of(List<LoggedEvent> events) {
    String open = "";
    for (LoggedEvent e : events) {
      switch (e.event()) {
        case Event.TurnStarted t -> open = e.turnId();
        case Event.TurnCompleted t -> open = open.equals(e.turnId()) ? "" : open;
        default -> {}
      }
    }
    return open.isEmpty() ? Optional.empty() : Optional.of(read(open, events));
  }

  private static Recovery read(String turnId, List<LoggedEvent> events) {
    StringBuilder text = new StringBuilder();
    List<Citation> cited = new ArrayList<>();
    int heardEnd = 0;
    long atUs = 0;
    for (LoggedEvent e : events) {
      if (!e.turnId().equals(turnId)) {
        continue;
      }
      switch (e.event()) {
        case Event.TextDelta t -> text.append(t.text());
        case Event.WordSpoken w -> {
          heardEnd = w.word().textEnd();
          atUs = w.word().span().endUs();
        }
        case Event.Cited c -> cited.add(c.citation());
        case Event.Interrupted i -> {
          return new Recovery(
              turnId, i.heardText(), i.cutText(), heard(cited, i.atUs()), i.atUs(), true);
        }
        default -> {}
      }
    }
    int end = Math.min(heardEnd, text.length());
    return new Recovery(
        turnId, text.substring(0, end), text.substring(end), heard(cited, atUs), atUs, false);
  }

  private static List<Citation> heard(List<Citation> cited, long untilUs) {
    return cited.stream().filter(it -> it.heardBy(untilUs)).toList();
  }

  private TurnState state() {
    return heard.isEmpty() ? TurnState.CANCELLED : TurnState.INTERRUPTED;
  }

  /** Says in the log how it ended. */
  void tell(Emitter emitter) {
    if (!completed) {
      emitter.emit(turnId, atUs, new Event.Interrupted(atUs, heard, cut, Event.Cause.SERVER));
    }
    emitter.emit(turnId, -1, new Event.TurnCompleted(state(), heard, Optional.empty()));
  }

  /** The record of it, as it ended. */
  TurnRecord ended(TurnRecord kept) {
    return new TurnRecord(
        kept.id(),
        kept.owner(),
        kept.sessionId(),
        kept.characterId(),
        state(),
        kept.inputText(),
        kept.spokenInput(),
        heard,
        cut,
        kept.words(),
        citations,
        kept.mediaDuration(),
        kept.createTime(),
        kept.endTime().or(() -> Optional.of(Instant.now())),
        kept.receipt(),
        kept.requestId());
  }
}
