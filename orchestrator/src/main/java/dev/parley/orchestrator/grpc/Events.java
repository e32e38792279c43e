package dev.parley.orchestrator.grpc;

import com.google.protobuf.UnsafeByteOperations;
import dev.parley.conversation.v1.AudioDelta;
import dev.parley.conversation.v1.FaceFrames;
import dev.parley.conversation.v1.GoAway;
import dev.parley.conversation.v1.Heartbeat;
import dev.parley.conversation.v1.Interrupted;
import dev.parley.conversation.v1.InterruptionCause;
import dev.parley.conversation.v1.Paused;
import dev.parley.conversation.v1.Problem;
import dev.parley.conversation.v1.Resumed;
import dev.parley.conversation.v1.ServerEvent;
import dev.parley.conversation.v1.SessionEndCause;
import dev.parley.conversation.v1.SessionEnded;
import dev.parley.conversation.v1.SessionStarted;
import dev.parley.conversation.v1.SpeechStarted;
import dev.parley.conversation.v1.SpeechStopped;
import dev.parley.conversation.v1.TextDelta;
import dev.parley.conversation.v1.Transcript;
import dev.parley.conversation.v1.TurnCompleted;
import dev.parley.conversation.v1.TurnStarted;
import dev.parley.conversation.v1.VideoFragment;
import dev.parley.conversation.v1.WordSpoken;
import dev.parley.orchestrator.conversation.Event;
import dev.parley.orchestrator.conversation.LoggedEvent;
import dev.parley.orchestrator.conversation.Word;
import dev.parley.type.v1.Reason;

/** Events of the domain as the contract writes them; audio is wrapped, not copied. */
final class Events {
  private Events() {}

  static ServerEvent of(LoggedEvent logged) {
    ServerEvent.Builder e =
        ServerEvent.newBuilder().setSeq(logged.seq()).setTurnId(logged.turnId());
    if (logged.mediaTimeUs() >= 0) {
      e.setMediaTimeUs(logged.mediaTimeUs());
    }
    switch (logged.event()) {
      case Event.Started s ->
          e.setSessionStarted(SessionStarted.newBuilder().setSessionId(s.sessionId()));
      case Event.SpeechStarted s ->
          e.setSpeechStarted(SpeechStarted.newBuilder().setInputTimeUs(s.inputTimeUs()));
      case Event.SpeechStopped s ->
          e.setSpeechStopped(SpeechStopped.newBuilder().setInputTimeUs(s.inputTimeUs()));
      case Event.Transcript t -> e.setTranscript(transcript(t));
      case Event.TurnStarted t ->
          e.setTurnStarted(
              TurnStarted.newBuilder()
                  .setCharacterId(t.characterId())
                  .setInputText(t.inputText())
                  .setSeed(t.seed()));
      case Event.TextDelta t -> e.setTextDelta(TextDelta.newBuilder().setText(t.text()));
      case Event.WordSpoken w -> e.setWordSpoken(word(w.word()));
      case Event.Cited c -> e.setCitation(Citations.message(c.citation()));
      case Event.AudioDelta a ->
          e.setAudioDelta(
              AudioDelta.newBuilder()
                  .setData(UnsafeByteOperations.unsafeWrap(a.data(), a.offset(), a.length()))
                  .setDurationUs(a.durationUs()));
      case Event.FaceFrames f -> e.setFaceFrames(face(f));
      case Event.IdleFrames f ->
          e.setFaceFrames(
              face(new Event.FaceFrames(f.weights(), f.head(), f.count(), f.frameRateHz()))
                  .setSegmentId(f.segmentId()));
      case Event.VideoFragment v ->
          e.setVideoFragment(
              VideoFragment.newBuilder()
                  .setData(UnsafeByteOperations.unsafeWrap(v.data()))
                  .setInit(v.init())
                  .setDurationUs(v.durationUs())
                  .setMimeType(v.mimeType()));
      case Event.Paused p -> e.setPaused(Paused.newBuilder().setAtUs(p.atUs()));
      case Event.Resumed r -> e.setResumed(Resumed.newBuilder().setAtUs(r.atUs()));
      case Event.Interrupted i ->
          e.setInterrupted(
              Interrupted.newBuilder()
                  .setAtUs(i.atUs())
                  .setHeardText(i.heardText())
                  .setCutText(i.cutText())
                  .setCause(InterruptionCause.valueOf("INTERRUPTION_CAUSE_" + i.cause().name())));
      case Event.TurnCompleted t -> {
        var done =
            TurnCompleted.newBuilder().setState(Turns.state(t.state())).setReplyText(t.replyText());
        t.receipt().ifPresent(r -> done.setReceipt(Turns.receipt(r)));
        e.setTurnCompleted(done);
      }
      case Event.ProblemSeen p -> e.setProblem(problem(p));
      case Event.Heartbeat h ->
          e.setHeartbeat(
              Heartbeat.newBuilder().setLastSeq(h.lastSeq()).setTakenClientSeq(h.takenClientSeq()));
      case Event.GoAway g ->
          e.setGoAway(
              GoAway.newBuilder()
                  .setDeadline(Times.duration(java.time.Duration.ofMillis(g.deadlineMs())))
                  .setMessage(g.message()));
      case Event.Ended x ->
          e.setSessionEnded(
              SessionEnded.newBuilder()
                  .setCause(SessionEndCause.valueOf("SESSION_END_CAUSE_" + x.cause().name())));
    }
    return e.build();
  }

  private static Transcript.Builder transcript(Event.Transcript t) {
    var u = t.utterance();
    return Transcript.newBuilder()
        .setText(u.text())
        .setFinal(t.last())
        .setStability(u.stability())
        .setConfidence(u.confidence())
        .setUncertain(t.uncertain())
        .addAllWords(Times.words(u.words()))
        .setInputSpan(Times.span(u.span()))
        .setDecidedUs(u.decidedUs());
  }

  private static WordSpoken.Builder word(Word w) {
    return WordSpoken.newBuilder()
        .setWord(w.text())
        .setSpan(Times.span(w.span()))
        .setTextStart(w.textStart())
        .setTextEnd(w.textEnd());
  }

  private static FaceFrames.Builder face(Event.FaceFrames f) {
    var frames = FaceFrames.newBuilder().setFrameCount(f.count()).setFrameRateHz(f.frameRateHz());
    for (float w : f.weights()) {
      frames.addWeights(w);
    }
    for (float h : f.head()) {
      frames.addHead(h);
    }
    return frames;
  }

  private static Problem.Builder problem(Event.ProblemSeen p) {
    var problem =
        Problem.newBuilder()
            .setReason(reason(p.reason()))
            .setMessage(p.message())
            .setClientSeq(p.clientSeq())
            .setPart(p.part());
    p.retryAfter().map(Times::duration).ifPresent(problem::setRetryAfter);
    return problem;
  }

  private static Reason reason(String name) {
    try {
      return Reason.valueOf("REASON_" + name);
    } catch (IllegalArgumentException unknown) {
      return Reason.REASON_INTERNAL;
    }
  }
}
