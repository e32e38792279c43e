package dev.parley.orchestrator.conversation;

import dev.parley.kit.failure.Failure;
import dev.parley.kit.identity.Owner;
import dev.parley.orchestrator.character.Character;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One turn: recalled, thought, spoken, animated, each stage streaming into the next. The session's
 * thread owns it; engines are heard through the mailbox. It always ends: every stage that stalls is
 * given up after its deadline, and what failed is left out.
 */
final class Turn implements Voicing.Out {
  /** What a turn needs of its session. */
  interface Host extends Mailbox {
    void emit(String turnId, long mediaUs, Event event);

    void spoke(String word);

    /** The turn is cut or spoken to its end; the next may begin. */
    void over(Turn turn, String heardText);
  }

  private static final long ENGINE_STALL = Duration.ofSeconds(15).toNanos();
  private static final long FACE_GRACE = Duration.ofMillis(1500).toNanos();

  private final TurnRequest request;
  private final Character character;
  private final SessionRecord session;
  private final SessionFormats formats;
  private final Set<Tier> tiers;
  private final List<Exchange> history;
  private final Parts parts;
  private final Host host;
  private final Instant createTime = Instant.now();
  private final long startNanos;
  private final long seed;
  private final Stages stages;
  private final Script script = new Script();
  private final PhraseCutter cutter = new PhraseCutter();
  private final Lanes lanes = new Lanes();
  private final Pace pace;
  private final TurnArchive archive;
  private final List<Receipt.LeftOut> leftOut = new ArrayList<>();
  private List<Recalled> recalled = List.of();
  private Optional<Voicing> voicing = Optional.empty();
  private Optional<FaceTrack> face = Optional.empty();
  private volatile boolean cancelled;
  private volatile Optional<Thread> thinking = Optional.empty();
  private String thinkerName;
  private int cutFrom;
  private boolean thought;
  private boolean voiceEnded;
  private boolean over;
  private boolean failed;
  private long lastProgress;
  private long voiceEndedNanos;
  private long sentUs;
  private long firstAudio = -1;
  private int inputTokens;
  private int outputTokens;

  Turn(
      TurnRequest request,
      Character character,
      SessionRecord session,
      SessionFormats formats,
      Set<Tier> tiers,
      List<Exchange> history,
      Parts parts,
      Host host) {
    this.request = request;
    this.character = character;
    this.session = session;
    this.formats = formats;
    this.tiers = tiers;
    this.history = history;
    this.parts = parts;
    this.host = host;
    this.startNanos = now();
    this.lastProgress = startNanos;
    this.stages = new Stages(startNanos);
    this.seed = request.turnId().hashCode() & 0xffffffffL;
    this.pace = new Pace(parts.settings().lead().toNanos() / 1000, request.paced());
    this.archive = new TurnArchive(formats.outputRateHz());
    this.thinkerName = request.fixedReply().isEmpty() ? parts.thinker().name() : "character";
  }

  String id() {
    return request.turnId();
  }

  String input() {
    return request.input();
  }

  Pace pace() {
    return pace;
  }

  boolean isOver() {
    return over;
  }

  /** Begins. */
  void start() {
    emit(-1, new Event.TurnStarted(character.id(), request.input(), seed));
    boolean aloud = tiers.contains(Tier.AUDIO) || tiers.contains(Tier.FACE) || video();
    if (aloud && parts.speaker().isPresent()) {
      voicing =
          Optional.of(
              new Voicing(
                  parts.speaker().get(), character.voice(), formats.outputRateHz(), host, this));
      openFace();
    } else if (aloud) {
      degrade("SPEECH_FAILED", "no voice is attached; text only", Problem.SPEECH);
    }
    if (request.fixedReply().isEmpty()) {
      stages.begin("recall", now());
      parts.background().execute(this::recallAndThink);
    } else {
      parts.background().execute(() -> save(runningRecord()));
      token(request.fixedReply());
      thoughtEnded(Optional.empty());
    }
  }

  private boolean video() {
    return tiers.contains(Tier.VIDEO);
  }

  private void openFace() {
    if (parts.animator().isPresent() && (tiers.contains(Tier.FACE) || video())) {
      stages.begin("animate", now());
      face = Optional.of(new FaceTrack(this::faceEvent, this::faceFailed, host, parts.nanos()));
      face.get()
          .open(
              parts.animator().get(),
              formats.animation(character, seed, tiers.contains(Tier.FACE), video()));
    }
  }

  // --- thinking, on a background thread ---------------------------------------------------------

  private void recallAndThink() {
    thinking = Optional.of(Thread.currentThread());
    save(runningRecord());
    List<Recalled> memories = recall();
    if (cancelled) {
      return;
    }
    host.post(() -> recalledThese(memories));
    var thought =
        new Thought(
            session.owner(), character, session.language(), history, memories, request.input());
    try {
      parts.thinker().think(thought, new Tokens());
      host.post(() -> thoughtEnded(Optional.empty()));
    } catch (Failure failure) {
      host.post(() -> thoughtEnded(Optional.of(failure)));
    } catch (RuntimeException fault) {
      var failure = Failure.of(Failure.Code.INTERNAL, "MODEL_FAILED", "the thinker failed");
      host.post(() -> thoughtEnded(Optional.of(failure.causedBy(fault))));
    }
  }

  private List<Recalled> recall() {
    int limit = character.agent().retrieverK();
    if (limit == 0 || parts.recollection().isEmpty()) {
      return List.of();
    }
    try {
      Duration deadline = parts.settings().recallDeadline();
      String query = request.input().substring(0, Math.min(2000, request.input().length()));
      return parts
          .recollection()
          .get()
          .recall(owner(), character.id(), query, limit, session.id(), deadline);
    } catch (RuntimeException late) {
      host.post(() -> leftOut.add(new Receipt.LeftOut("memory", String.valueOf(late.getMessage()))));
      return List.of();
    }
  }

  private final class Tokens implements TokenSink {
    @Override
    public void token(String text) {
      host.post(() -> Turn.this.token(text));
    }

    @Override
    public void usage(int input, int output) {
      host.post(
          () -> {
            inputTokens = input;
            outputTokens = output;
          });
    }

    @Override
    public void fellBack(String name, String cause) {
      host.post(
          () -> {
            thinkerName = name;
            degrade("MODEL_FAILED", cause, Problem.MODEL);
          });
    }

    @Override
    public boolean cancelled() {
      return cancelled;
    }
  }

  // --- what the stages say, on the session's thread ---------------------------------------------

  private void recalledThese(List<Recalled> memories) {
    recalled = memories;
    stages.end("recall", now(), "memory");
    stages.begin("think", now());
    lastProgress = now();
  }

  private void token(String text) {
    if (over || thought || text.isEmpty()) {
      return;
    }
    lastProgress = now();
    stages.first("think", lastProgress);
    script.append(text);
    emit(-1, new Event.TextDelta(text));
    cutter.add(text).forEach(this::say);
  }

  private void say(String phrase) {
    int start = cutFrom;
    cutFrom += phrase.length();
    if (voicing.isPresent()) {
      stages.begin("speak", now());
      voicing.get().say(phrase, start);
    }
  }

  private void thoughtEnded(Optional<Failure> failure) {
    if (over || thought) {
      return;
    }
    failure.ifPresent(f -> degrade(f.reason(), f.getMessage(), Problem.MODEL));
    failed = failure.isPresent() && script.length() == 0;
    thought = true;
    stages.end("think", now(), thinkerName);
    say(cutter.rest());
    if (voicing.isPresent() && voicing.get().idle()) {
      voiceIdle();
    }
  }

  @Override
  public void words(List<Word> words, List<Viseme> visemes) {
    lastProgress = now();
    archive.visemes(visemes);
    for (Word word : words) {
      script.add(word);
      lanes.add(word.span().startUs(), new Event.WordSpoken(word));
    }
  }

  @Override
  public void audio(
      byte[] pcm, long startUs, long durationUs, List<Viseme> visemes, List<Word> words) {
    lastProgress = now();
    stages.first("speak", lastProgress);
    pace.begin(lastProgress);
    archive.audio(pcm);
    face.ifPresent(f -> f.speech(visemes, words, pcm, startUs + durationUs));
    int step = request.paced() ? formats.outputRateHz() / 50 * 2 : pcm.length;
    for (int at = 0; at < pcm.length; at += step) {
      int length = Math.min(step, pcm.length - at);
      long us = at * 500_000L / formats.outputRateHz();
      long span = length * 500_000L / formats.outputRateHz();
      lanes.add(startUs + us, new Event.AudioDelta(pcm, at, length, span));
    }
    pump(lastProgress);
  }

  @Override
  public void skipped(String text, String cause) {
    leftOut.add(new Receipt.LeftOut("text", cause));
    emit(-1, new Event.ProblemSeen("TEXT_SKIPPED", cause, 0, Problem.SPEECH));
  }

  @Override
  public void voiceFailed(Failure failure) {
    degrade("SPEECH_FAILED", failure.getMessage(), Problem.SPEECH);
    voicing.ifPresent(Voicing::stop);
    voicing = voicing.filter(v -> v.coveredUs() > 0);
    endVoice();
  }

  @Override
  public void voiceIdle() {
    if (thought && !voiceEnded) {
      endVoice();
    }
  }

  private void endVoice() {
    voiceEnded = true;
    voiceEndedNanos = now();
    stages.end("speak", voiceEndedNanos, voicing.map(Voicing::voiceId).orElse(""));
    face.ifPresent(FaceTrack::end);
  }

  private void faceEvent(long mediaUs, Event event) {
    if (!over) {
      stages.first("animate", now());
      lanes.add(mediaUs, event);
      pump(now());
    }
  }

  private void faceFailed(Failure failure) {
    degrade("RENDER_FAILED", failure.getMessage(), Problem.RENDER);
  }

  private void degrade(String reason, String message, String part) {
    leftOut.add(new Receipt.LeftOut(part, message));
    emit(-1, new Event.ProblemSeen(reason, message, 0, part));
  }

  // --- time -------------------------------------------------------------------------------------

  /** Sends what is due, ends what is over; when to be asked again, in nanoseconds. */
  long pump(long now) {
    if (over) {
      return Long.MAX_VALUE;
    }
    lanes.release(pace.allowedUs(now), this::send);
    giveUpStalled(now);
    if (finished(now)) {
      end(script.length(), endUs(), failed ? TurnState.FAILED : TurnState.COMPLETED);
      return Long.MAX_VALUE;
    }
    return now + Math.clamp(1000 * waitUs(now), 1_000_000L, 100_000_000L);
  }

  private long waitUs(long now) {
    if (pace.paused()) {
      return 100_000;
    }
    long head = lanes.headUs();
    return head == Long.MAX_VALUE ? endUs() - pace.position(now) : head - pace.allowedUs(now);
  }

  private void send(long mediaUs, Event event) {
    if (event instanceof Event.AudioDelta audio) {
      sentUs = mediaUs + audio.durationUs();
      if (firstAudio < 0) {
        firstAudio = now();
      }
    } else if (event instanceof Event.WordSpoken word) {
      host.spoke(word.word().text());
    }
    emit(mediaUs, event);
  }

  private boolean finished(long now) {
    boolean said = thought && (voicing.isEmpty() || voiceEnded) && lanes.isEmpty();
    boolean shown =
        face.isEmpty() || face.get().done() || now - voiceEndedNanos > FACE_GRACE;
    boolean played = !request.paced() || pace.position(now) >= endUs() - 1000;
    return said && shown && played && !pace.paused();
  }

  private void giveUpStalled(long now) {
    if (!thought && now - lastProgress > parts.settings().firstTokenDeadline().toNanos()) {
      stopThinking();
      thoughtEnded(
          Optional.of(
              Failure.of(
                  Failure.Code.DEADLINE_EXCEEDED, "DEADLINE_EXCEEDED", "the model said nothing")));
    }
    boolean speaking = voicing.isPresent() && !voicing.get().idle();
    if (speaking && !voiceEnded && now - lastProgress > ENGINE_STALL) {
      voiceFailed(
          Failure.of(Failure.Code.DEADLINE_EXCEEDED, "SPEECH_FAILED", "the voice stalled"));
    }
  }

  private long endUs() {
    return voicing.map(Voicing::coveredUs).orElse(0L);
  }

  // --- ends -------------------------------------------------------------------------------------

  /** Where the person is: as given, else as acknowledged, else what was sent. */
  long heardUs(long givenUs) {
    if (givenUs >= 0) {
      return Math.min(givenUs, sentUs);
    }
    return pace.acknowledged() ? Math.min(pace.playedUs(), sentUs) : sentUs;
  }

  /** Cuts the turn there; a negative time means where the person is. */
  void interrupt(long givenUs, Event.Cause cause) {
    if (over) {
      return;
    }
    long at = heardUs(givenUs);
    int heard = voicing.isPresent() ? script.heardEnd(at) : script.length();
    String text = script.text();
    emit(at, new Event.Interrupted(at, text.substring(0, heard), text.substring(heard), cause));
    end(heard, at, heard == 0 ? TurnState.CANCELLED : TurnState.INTERRUPTED);
  }

  private void end(int heardEnd, long atUs, TurnState state) {
    over = true;
    stopThinking();
    voicing.ifPresent(Voicing::stop);
    face.ifPresent(FaceTrack::stop);
    lanes.clear();
    stages.end("animate", now(), "render");
    String heard = script.text().substring(0, heardEnd);
    host.over(this, heard);
    int words = voicing.isPresent() ? script.heardWords(atUs) : 0;
    TurnRecord record = record(state, heard, atUs, words);
    parts.background().execute(() -> keep(record, atUs));
  }

  private void stopThinking() {
    cancelled = true;
    if (!thought) {
      thinking.ifPresent(Thread::interrupt);
    }
  }

  private TurnRecord record(TurnState state, String heard, long atUs, int wordsHeard) {
    List<Word> words = script.words();
    var receipt =
        new Receipt(
            stages.list(now()),
            recalled.stream()
                .map(r -> new Receipt.Memory(r.memoryId(), r.personText(), Math.max(0, r.score())))
                .toList(),
            List.copyOf(leftOut),
            thinkerName,
            voicing.map(Voicing::voiceId).orElse(""),
            since(firstAudio),
            since(face.map(FaceTrack::firstNanos).orElse(-1L)),
            pace.acknowledged() ? Receipt.HeardBy.ACKNOWLEDGED : Receipt.HeardBy.DELIVERED,
            wordsHeard,
            words.size() - wordsHeard,
            inputTokens,
            outputTokens,
            seed);
    String cut = script.text().substring(heard.length());
    return turn(state, heard, cut, words, archive.length(atUs), Optional.of(receipt));
  }

  private Optional<Duration> since(long nanos) {
    return nanos < 0 ? Optional.empty() : Optional.of(Duration.ofNanos(nanos - startNanos));
  }

  private TurnRecord runningRecord() {
    return turn(TurnState.RUNNING, "", "", List.of(), Duration.ZERO, Optional.empty());
  }

  private TurnRecord turn(
      TurnState state,
      String heard,
      String cut,
      List<Word> words,
      Duration media,
      Optional<Receipt> receipt) {
    return new TurnRecord(
        id(),
        owner(),
        session.id(),
        character.id(),
        state,
        request.input(),
        request.spoken(),
        heard,
        cut,
        words,
        media,
        createTime,
        receipt.map(r -> Instant.now()),
        receipt,
        request.requestId());
  }

  /** Keeps what is over, then says so: what was said to be complete is on disk. */
  private void keep(TurnRecord record, long atUs) {
    attempt(
        () -> parts.media().ifPresent(m -> archive.store(m, session.id(), id(), atUs)),
        Problem.STORE);
    save(record);
    boolean worth = !record.inputText().isEmpty() && !record.replyText().isEmpty();
    if (worth) {
      Duration deadline = Duration.ofSeconds(2);
      attempt(
          () -> parts.recollection().ifPresent(r -> r.remember(record, deadline)), Problem.MEMORY);
    }
    host.post(
        () ->
            emit(-1, new Event.TurnCompleted(record.state(), record.replyText(), record.receipt())));
  }

  private void save(TurnRecord record) {
    attempt(() -> parts.turns().save(record), Problem.STORE);
  }

  private void attempt(Runnable task, String part) {
    try {
      task.run();
    } catch (RuntimeException e) {
      String reason = part.equals(Problem.STORE) ? "STORE_FAILED" : "UNAVAILABLE";
      var problem = new Event.ProblemSeen(reason, part + " did not take the turn", 0, part);
      host.post(() -> emit(-1, problem));
    }
  }

  private Owner owner() {
    return session.owner();
  }

  private void emit(long mediaUs, Event event) {
    host.emit(id(), mediaUs, event);
  }

  private long now() {
    return parts.nanos().getAsLong();
  }
}
