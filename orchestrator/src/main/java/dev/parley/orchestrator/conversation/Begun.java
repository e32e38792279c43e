package dev.parley.orchestrator.conversation;

import dev.parley.orchestrator.character.VoiceSettings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The turn that was under way when the process that spoke it died or let go of it, as far as the
 * log knows: what was thought of it, and what of that went out.
 *
 * @param pieces its text as it was thought, piece by piece
 * @param words those that went out
 * @param voicedUs where the voice that went out ends
 * @param voice what of that is still kept
 * @param facedUs where the face that went out ends
 * @param filmed whether pictures went out
 * @param told citations that went out
 * @param cut how it was cut, where it was and only its end is missing
 */
record Begun(
    String turnId,
    Event.TurnStarted start,
    List<String> pieces,
    List<Word> words,
    long voicedUs,
    List<Voiced> voice,
    long facedUs,
    boolean filmed,
    List<Citation> told,
    Optional<Event.Interrupted> cut,
    Optional<SessionState.Underway> state) {

  /** Voice at a media time. */
  record Voiced(long startUs, Event.AudioDelta audio) {}

  /** The turn that began and never ended, if there is one. */
  static Optional<Begun> of(List<LoggedEvent> events, Optional<SessionState> state) {
    Optional<LoggedEvent> open = Optional.empty();
    for (LoggedEvent e : events) {
      switch (e.event()) {
        case Event.TurnStarted t -> open = Optional.of(e);
        case Event.TurnCompleted t ->
            open = open.filter(begun -> !begun.turnId().equals(e.turnId()));
        default -> {}
      }
    }
    return open.map(begun -> read(begun, events, state.flatMap(SessionState::underway)));
  }

  private static Begun read(
      LoggedEvent begun, List<LoggedEvent> events, Optional<SessionState.Underway> state) {
    var reader = new Reader();
    events.stream().filter(e -> e.turnId().equals(begun.turnId())).forEach(reader::read);
    return new Begun(
        begun.turnId(),
        (Event.TurnStarted) begun.event(),
        reader.pieces,
        reader.words,
        reader.voicedUs,
        reader.voice,
        reader.facedUs,
        reader.filmed,
        reader.told,
        reader.cut,
        state.filter(it -> it.request().turnId().equals(begun.turnId())));
  }

  /** All that was thought of it. */
  String text() {
    return String.join("", pieces);
  }

  /** Whether the whole answer is there. */
  boolean thought() {
    return state.map(SessionState.Underway::thought).orElse(false);
  }

  /** How its voice sounds. */
  Optional<VoiceSettings> manner() {
    return state.map(SessionState.Underway::voice);
  }

  /** What was last reported as played; negative when nothing was. */
  long playedUs() {
    return state.map(SessionState.Underway::playedUs).orElse(-1L);
  }

  /** Citations whose sentences were not spoken yet. */
  List<SessionState.Mark> marks() {
    return state.map(SessionState.Underway::marks).orElse(List.of());
  }

  /** What it answers to. */
  TurnRequest request() {
    return state
        .map(SessionState.Underway::request)
        .orElseGet(() ->
            new TurnRequest(turnId, start.inputText(), false, "", true, java.util.Set.of(), ""));
  }

  /** The record of it, as it was cut. */
  TurnRecord ended(TurnRecord kept, Event.Interrupted by) {
    return new TurnRecord(
        kept.id(),
        kept.owner(),
        kept.sessionId(),
        kept.characterId(),
        state(by),
        kept.inputText(),
        kept.spokenInput(),
        by.heardText(),
        by.cutText(),
        words,
        told.stream().filter(it -> it.heardBy(by.atUs())).toList(),
        kept.mediaDuration(),
        kept.createTime(),
        kept.endTime().or(() -> Optional.of(Instant.now())),
        kept.receipt(),
        kept.requestId());
  }

  /** How a turn ended that was cut. */
  static TurnState state(Event.Interrupted by) {
    return by.heardText().isEmpty() ? TurnState.CANCELLED : TurnState.INTERRUPTED;
  }

  /** Collects what one turn left in the log. */
  private static final class Reader {
    private final List<String> pieces = new ArrayList<>();
    private final List<Word> words = new ArrayList<>();
    private final List<Voiced> voice = new ArrayList<>();
    private final List<Citation> told = new ArrayList<>();
    private Optional<Event.Interrupted> cut = Optional.empty();
    private long voicedUs;
    private long facedUs;
    private boolean filmed;

    void read(LoggedEvent e) {
      long us = e.mediaTimeUs();
      switch (e.event()) {
        case Event.TextDelta t -> pieces.add(t.text());
        case Event.WordSpoken w -> words.add(w.word());
        case Event.AudioDelta a -> {
          voicedUs = Math.max(voicedUs, us + a.durationUs());
          voice.add(new Voiced(us, a));
        }
        case Event.FaceFrames f ->
            facedUs = Math.max(facedUs, us + f.count() * 1_000_000L / f.frameRateHz());
        case Event.VideoFragment v -> filmed = true;
        case Event.Cited c -> told.add(c.citation());
        case Event.Interrupted i -> cut = Optional.of(i);
        default -> {}
      }
    }
  }
}
