package dev.parley.orchestrator.conversation;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What of a session goes from process to process besides its events: what was taken from whom,
 * which turns wait, and how far the one that runs has come. The session's thread owns it.
 */
final class Continuing {
  private static final Event FAILED =
      new Event.TurnCompleted(TurnState.FAILED, "", Optional.empty());
  private final SessionRecord record;
  private final TurnTaking turns;
  private final Intake intake;
  private final Audience audience;
  private final Emitter emitter;
  private Optional<Begun> begun = Optional.empty();
  private Optional<SessionState> state = Optional.empty();
  private Optional<String> lost = Optional.empty();

  Continuing(
      SessionRecord record, TurnTaking turns, Intake intake, Audience audience, Emitter emitter) {
    this.record = record;
    this.turns = turns;
    this.intake = intake;
    this.audience = audience;
    this.emitter = emitter;
  }

  /** As it is now. */
  SessionState now() {
    return new SessionState(
        record, intake.taken(), turns.queued(), turns.running().map(Turn::state));
  }

  /** What another process left. */
  void restore(List<LoggedEvent> events, Optional<SessionState> kept) {
    state = kept;
    begun = Begun.of(events, kept);
    lost =
        kept.flatMap(SessionState::underway)
            .map(it -> it.request().turnId())
            .filter(id -> begun.isEmpty() && !completed(id, events));
    intake.goOn(kept.map(SessionState::taken).orElse(Map.of()));
    for (LoggedEvent e : events) {
      if (e.event() instanceof Event.FaceFrames frames) {
        audience.showing(frames);
      }
    }
  }

  private static boolean completed(String turnId, List<LoggedEvent> events) {
    return events.stream()
        .anyMatch(e -> e.turnId().equals(turnId) && e.event() instanceof Event.TurnCompleted);
  }

  /** Goes on with the turn that was under way, and with those that waited for it. */
  void begin() {
    begun.ifPresent(this::goOn);
    List<TurnRequest> waiting = state.map(SessionState::waiting).orElse(List.of());
    String running = begun.map(Begun::turnId).orElse("");
    turns.queue(waiting.stream().filter(it -> !it.turnId().equals(running)).toList());
    lost.ifPresent(id -> emitter.emit(id, -1, FAILED));
    lost = Optional.empty();
    begun = Optional.empty();
    state = Optional.empty();
  }

  private void goOn(Begun turn) {
    if (turn.cut().isPresent()) {
      String heard = turn.cut().get().heardText();
      TurnState how = Begun.state(turn.cut().get());
      emitter.emit(turn.turnId(), -1, new Event.TurnCompleted(how, heard, Optional.empty()));
    } else {
      turns.goOn(turn);
    }
  }
}
