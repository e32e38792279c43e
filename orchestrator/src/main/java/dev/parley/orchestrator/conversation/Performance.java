package dev.parley.orchestrator.conversation;

import dev.parley.kit.failure.Failure;
import java.util.List;
import java.util.Optional;

/**
 * A reply being performed: phrases become voice, voice becomes a face, both wait for their time on
 * the turn's media clock. What fails is left out and the rest goes on. The session's thread owns
 * it.
 */
final class Performance implements Voicing.Out {
  /** What the turn learns. */
  interface Stagehand extends Mailbox, Emitter {
    /** The character says this word now. */
    void spoke(Word word);

    /** A part failed; the turn goes on without it. */
    void degrade(Event.ProblemSeen problem);

    /** The same, for what fails without a time to come back. */
    default void degrade(String reason, String message, String part) {
      degrade(new Event.ProblemSeen(reason, message, 0, part));
    }
  }

  private final Scene scene;
  private final Parts parts;
  private final Stagehand host;
  private final Stages stages;
  private final Script script = new Script();
  private final Playback playback;
  private final Citing citing;
  private final TurnArchive archive;
  private final Patience patience;
  private final VoiceOut voice;
  private Optional<Voicing> voicing = Optional.empty();
  private Optional<FaceTrack> face = Optional.empty();
  private boolean allSaid;
  private boolean voiceEnded;
  private boolean stopped;

  Performance(Scene scene, Parts parts, Stagehand host, Stages stages, Patience patience) {
    this.scene = scene;
    this.parts = parts;
    this.host = host;
    this.stages = stages;
    this.patience = patience;
    int rateHz = scene.formats().outputRateHz();
    this.playback = new Playback(scene.request().paced(), parts.settings().pacing(), rateHz);
    this.citing = new Citing(script, playback::add);
    this.archive = new TurnArchive(rateHz);
    this.voice =
        scene.formats().opus()
            ? new PackedVoice(rateHz, host, this::packet, this::packingFailed)
            : VoiceOut.samples(playback, parts.nanos());
  }

  Script script() {
    return script;
  }

  Citing citing() {
    return citing;
  }

  Playback playback() {
    return playback;
  }

  TurnArchive archive() {
    return archive;
  }

  /** Whether there is (or was) a voice, so that what was heard has a time. */
  boolean spoken() {
    return voicing.isPresent();
  }

  String voiceId() {
    return voicing.map(Voicing::voiceId).orElse("");
  }

  /** Length of the voice so far, in microseconds. */
  long endUs() {
    return voicing.map(Voicing::coveredUs).orElse(0L);
  }

  /** When the first face frame came; negative before. */
  long firstFaceNanos() {
    return face.map(FaceTrack::firstNanos).orElse(-1L);
  }

  // --- what the turn wants ----------------------------------------------------------------------

  /** Opens voice and face as far as they are wanted and there. */
  void open(long seed) {
    if (scene.aloud()) {
      openVoice(0);
      openFace(seed, scene.wants(Tier.VIDEO), 0, 0);
    }
  }

  /** The same where another process stopped; what went out does not go out again. */
  void goOn(Begun begun) {
    long fromUs = begun.voicedUs();
    playback.goOn(fromUs, begun.playedUs(), now());
    begun.words().forEach(script::add);
    citing.goOn(begun.told(), begun.marks());
    if (!scene.aloud()) {
      return;
    }
    archive.goOn(scene.formats().opus() ? List.of() : begun.voice(), fromUs);
    openVoice(fromUs);
    voicing.ifPresent(v -> v.goOn(fromUs, begun.words()));
    boolean film = scene.wants(Tier.VIDEO) && !begun.filmed();
    openFace(begun.start().seed(), film, fromUs, begun.facedUs());
  }

  private void openVoice(long fromUs) {
    if (parts.speaker().isEmpty()) {
      host.degrade("SPEECH_FAILED", "no voice is attached; text only", Problem.SPEECH);
      return;
    }
    int rateHz = scene.formats().outputRateHz();
    long wanted = playback.wantedUs(now());
    var speaker = parts.speaker().get();
    var manner = scene.character().voice();
    voicing = Optional.of(new Voicing(speaker, manner, rateHz, host, parts.nanos(), wanted, this));
    voice.open(speaker, fromUs);
  }

  private void openFace(long seed, boolean film, long fromUs, long shownUs) {
    boolean frames = scene.wants(Tier.FACE);
    if (voicing.isPresent() && (frames || film) && parts.animator().isPresent()) {
      stages.begin("animate", now());
      var request = scene.formats().animation(scene.character(), seed, frames, film, scene.pose());
      var animator = parts.animator().get();
      var track =
          new FaceTrack(animator, request, this::faceEvent, this::faceFailed, host, parts.nanos());
      face = Optional.of(track);
      track.open(fromUs, shownUs);
    }
  }

  /** Says a phrase that stands at {@code textStart} in the reply. */
  void say(String phrase, int textStart) {
    if (voicing.isPresent()) {
      stages.begin("speak", now());
      voicing.get().say(phrase, textStart);
    }
  }

  /** What was said last comes from that source. */
  void cite(int number, String quote) {
    citing.cite(number, quote);
    settle();
  }

  /** Without a voice there is nothing to wait for. */
  private void settle() {
    if (voicing.isEmpty() || voiceEnded) {
      citing.settleAll();
    } else {
      citing.settle();
    }
  }

  /** No more phrases come. */
  void endSaying() {
    allSaid = true;
    citing.textEnded();
    settle();
    if (voicing.isPresent() && voicing.get().idle()) {
      voiceIdle();
    }
  }

  /** Sends what is due; gives up a voice that stalls. */
  void pump(long now) {
    playback.release(now, this::send);
    if (voicing.isPresent() && voicing.get().wanted(playback.wantedUs(now))) {
      patience.progress(now);
    }
    boolean speaking = voicing.isPresent() && voicing.get().speaking();
    if (speaking && !voiceEnded && patience.voiceLate(now)) {
      voiceFailed(Failure.of(Failure.Code.DEADLINE_EXCEEDED, "SPEECH_FAILED", "the voice stalled"));
    }
    face.ifPresent(f -> f.tick(now));
    boolean faceless = face.isPresent() && !face.get().done() && firstFaceNanos() < 0;
    if (faceless
        && patience.faceMissing(playback.firstAudioNanos(), now, scene.wants(Tier.VIDEO))) {
      giveUpFace("the face did not begin");
    }
  }

  private void giveUpFace(String why) {
    face.ifPresent(FaceTrack::stop);
    face = Optional.empty();
    host.degrade("RENDER_FAILED", why, Problem.RENDER);
  }

  /** Whether all that was said was also played and shown. */
  boolean finished(long now) {
    boolean said =
        allSaid && (voicing.isEmpty() || voiceEnded && voice.done()) && playback.over(now, endUs());
    boolean shown = face.isEmpty() || face.get().done();
    if (said && !shown && patience.faceLate(now, scene.wants(Tier.VIDEO))) {
      giveUpFace("the face stalled");
      return true;
    }
    return said && shown;
  }

  /** When to pump again, in nanoseconds. */
  long due(long now) {
    return now + Math.clamp(1000 * playback.waitUs(now, endUs()), 1_000_000L, 100_000_000L);
  }

  /** Nothing more goes out. */
  void stop() {
    stopped = true;
    voicing.ifPresent(Voicing::stop);
    voice.stop();
    face.ifPresent(FaceTrack::stop);
    playback.stop();
    stages.end("animate", now(), "render");
  }

  // --- what the engines say ---------------------------------------------------------------------

  @Override
  public void words(List<Word> words, List<Viseme> visemes) {
    patience.progress(now());
    archive.visemes(visemes);
    for (Word word : words) {
      script.add(word);
      playback.add(word.span().startUs(), new Event.WordSpoken(word));
    }
    settle();
  }

  @Override
  public void audio(
      byte[] pcm, long startUs, long durationUs, List<Viseme> visemes, List<Word> words) {
    long now = now();
    patience.progress(now);
    stages.first("speak", now);
    archive.audio(pcm);
    face.ifPresent(f -> f.speech(visemes, words, pcm, startUs + durationUs));
    voice.samples(pcm, startUs);
    pump(now);
  }

  @Override
  public void skipped(String text, String cause) {
    host.degrade("TEXT_SKIPPED", cause, Problem.SPEECH);
  }

  @Override
  public void voiceFailed(Failure failure) {
    host.degrade(
        failure.reason().equals("OVERLOADED")
            ? Problem.of(failure, Problem.SPEECH, 0)
            : new Event.ProblemSeen("SPEECH_FAILED", failure.getMessage(), 0, Problem.SPEECH));
    voicing.ifPresent(Voicing::stop);
    voicing = voicing.filter(v -> v.coveredUs() > 0);
    endVoice();
  }

  @Override
  public void voiceIdle() {
    if (allSaid && !voiceEnded) {
      endVoice();
    }
  }

  private void endVoice() {
    voiceEnded = true;
    settle();
    patience.voiceEnded(now());
    stages.end("speak", now(), voiceId());
    voice.end();
    face.ifPresent(FaceTrack::end);
  }

  private void packet(byte[] data, long startUs, long durationUs) {
    playback.packet(data, startUs, durationUs, now());
    pump(now());
  }

  private void packingFailed(Failure failure) {
    host.degrade("SPEECH_FAILED", failure.getMessage(), Problem.SPEECH);
  }

  private void faceEvent(long mediaUs, Event event) {
    if (!stopped) {
      stages.first("animate", now());
      patience.faceProgress(now());
      playback.add(mediaUs, event);
      pump(now());
    }
  }

  private void faceFailed(Failure failure) {
    host.degrade("RENDER_FAILED", failure.getMessage(), Problem.RENDER);
  }

  private void send(long mediaUs, Event event) {
    if (event instanceof Event.WordSpoken word) {
      host.spoke(word.word());
    }
    host.emit(scene.request().turnId(), mediaUs, event);
  }

  private long now() {
    return parts.nanos().getAsLong();
  }
}
