package dev.parley.orchestrator.grpc;

import dev.parley.conversation.v1.Problem;
import dev.parley.conversation.v1.ServerEvent;
import dev.parley.orchestrator.conversation.Event;
import dev.parley.orchestrator.conversation.Listener;
import dev.parley.orchestrator.conversation.Span;
import dev.parley.orchestrator.conversation.TurnState;
import dev.parley.orchestrator.conversation.Word;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Events read back from the shared log, for a client that returns to another process. */
final class KeptEvents {
  private KeptEvents() {}

  /** The event; empty for those that only mattered when they were sent. */
  static Optional<Event> of(ServerEvent e) {
    return Optional.ofNullable(
        switch (e.getEventCase()) {
          case SESSION_STARTED -> new Event.Started(e.getSessionStarted().getSessionId());
          case TURN_STARTED ->
              new Event.TurnStarted(
                  e.getTurnStarted().getCharacterId(),
                  e.getTurnStarted().getInputText(),
                  e.getTurnStarted().getSeed());
          case TEXT_DELTA -> new Event.TextDelta(e.getTextDelta().getText());
          case WORD_SPOKEN -> word(e);
          case CITATION -> new Event.Cited(Citations.citation(e.getCitation()));
          case AUDIO_DELTA -> {
            byte[] pcm = e.getAudioDelta().getData().toByteArray();
            yield new Event.AudioDelta(pcm, 0, pcm.length, e.getAudioDelta().getDurationUs());
          }
          case FACE_FRAMES -> face(e);
          case VIDEO_FRAGMENT -> {
            var v = e.getVideoFragment();
            byte[] data = v.getData().toByteArray();
            yield new Event.VideoFragment(data, v.getInit(), v.getDurationUs(), v.getMimeType());
          }
          case TRANSCRIPT -> transcript(e);
          case SPEECH_STARTED -> new Event.SpeechStarted(e.getSpeechStarted().getInputTimeUs());
          case SPEECH_STOPPED -> new Event.SpeechStopped(e.getSpeechStopped().getInputTimeUs());
          case PAUSED -> new Event.Paused(e.getPaused().getAtUs());
          case RESUMED -> new Event.Resumed(e.getResumed().getAtUs());
          case INTERRUPTED -> interrupted(e);
          case TURN_COMPLETED ->
              new Event.TurnCompleted(
                  TurnState.valueOf(tail(e.getTurnCompleted().getState().name(), "TURN_STATE_")),
                  e.getTurnCompleted().getReplyText(),
                  Optional.empty());
          case PROBLEM -> problem(e.getProblem());
          default -> null;
        });
  }

  private static Event word(ServerEvent e) {
    var w = e.getWordSpoken();
    var span = new Span(w.getSpan().getStartUs(), w.getSpan().getEndUs());
    return new Event.WordSpoken(new Word(w.getWord(), span, w.getTextStart(), w.getTextEnd(), 1));
  }

  private static Event face(ServerEvent e) {
    var f = e.getFaceFrames();
    float[] weights = new float[f.getWeightsCount()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = f.getWeights(i);
    }
    float[] head = new float[f.getHeadCount()];
    for (int i = 0; i < head.length; i++) {
      head[i] = f.getHead(i);
    }
    return new Event.FaceFrames(weights, head, f.getFrameCount(), f.getFrameRateHz());
  }

  private static Event transcript(ServerEvent e) {
    var t = e.getTranscript();
    var span = new Span(t.getInputSpan().getStartUs(), t.getInputSpan().getEndUs());
    var u =
        new Listener.Utterance(
            t.getText(),
            t.getStability(),
            t.getConfidence(),
            List.of(),
            span,
            t.getDecidedUs(),
            "");
    return new Event.Transcript(u, t.getFinal(), t.getUncertain());
  }

  private static Event problem(Problem p) {
    var wait = p.getRetryAfter();
    return new Event.ProblemSeen(
        tail(p.getReason().name(), "REASON_"),
        p.getMessage(),
        p.getClientSeq(),
        p.getPart(),
        p.hasRetryAfter()
            ? Optional.of(Duration.ofSeconds(wait.getSeconds(), wait.getNanos()))
            : Optional.empty());
  }

  private static Event interrupted(ServerEvent e) {
    var i = e.getInterrupted();
    return new Event.Interrupted(
        i.getAtUs(),
        i.getHeardText(),
        i.getCutText(),
        Event.Cause.valueOf(tail(i.getCause().name(), "INTERRUPTION_CAUSE_")));
  }

  private static String tail(String name, String prefix) {
    return name.substring(prefix.length());
  }
}
