package dev.parley.orchestrator.conversation;

import dev.parley.kit.failure.Failure;
import dev.parley.kit.identity.Owner;
import dev.parley.orchestrator.character.Character;
import dev.parley.orchestrator.character.InterruptionMode;
import dev.parley.orchestrator.character.InterruptionRule;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

/**
 * A session with engines by hand and a clock of its own: a voice that says a word in 200 ms, an ear
 * that hears what the test says, a thinker that answers as told.
 */
final class Stage {
  /** Where its session is kept. */
  static final String PLACE = SessionRecord.place(Owner.LOCAL, "s");

  static final String REPLY = "one two three four five six seven eight nine ten";
  final KeptTurns turns = new KeptTurns();
  final List<byte[]> microphone = new ArrayList<>();
  final List<Thought> thoughts = new ArrayList<>();
  Optional<Listener.Sink> ear = Optional.empty();
  int earsOpened;
  BiConsumer<Thought, TokenSink> thinks = (thought, sink) -> sink.token(REPLY);
  Speaker voice = Stage::speak;
  Optional<Animator> animator = Optional.empty();
  Optional<Recollection> recollection = Optional.empty();
  Optional<Library> library = Optional.empty();
  List<String> collections = List.of();
  SessionStore sessions = new Nowhere.Sessions();
  Optional<Journal> journal = Optional.empty();
  Optional<Leases> leases = Optional.empty();
  Executor background = Runnable::run;
  SessionSettings settings = SessionSettings.DEFAULTS;
  InterruptionRule rule = InterruptionRule.DEFAULTS;
  Duration idleTimeout = Duration.ofMinutes(10);
  boolean realTime;
  long nanos = 1_000_000_000L;
  Session session;
  Attachment attachment;
  private long clientSeq;
  private final AtomicInteger ids = new AtomicInteger();

  /** A stage whose character may be interrupted by that. */
  static Stage with(InterruptionMode mode, int minWords, int minSpeechMs) {
    Stage stage = new Stage();
    stage.rule = new InterruptionRule(mode, minWords, minSpeechMs);
    return stage;
  }

  /** A voice that says each word in 200 ms, the first two in a piece of their own. */
  static Call speak(Speaker.Request request, Speaker.Sink sink) {
    List<Word> words = new ArrayList<>();
    int at = 0;
    for (String text : request.text().split(" ")) {
      long us = words.size() * 200_000L;
      words.add(new Word(text, new Span(us, us + 200_000), at, at + text.length(), 1));
      at += text.length() + 1;
    }
    int first = Math.min(2, words.size());
    piece(words.subList(0, first), sink);
    if (first < words.size()) {
      piece(words.subList(first, words.size()), sink);
    }
    sink.done(words.size() * 200_000L, "test");
    return () -> {};
  }

  private static void piece(List<Word> words, Speaker.Sink sink) {
    Span span = new Span(words.getFirst().span().startUs(), words.getLast().span().endUs());
    sink.phrase(words, List.of(new Viseme("aa", span, "aa")), span);
    sink.audio(new byte[(int) (span.lengthUs() * 48 / 1000)], span.startUs(), span.lengthUs());
  }

  /** Opens the session and attaches a client that takes text and voice. */
  Collected open() {
    session = session(List.of(), 0);
    session.opened(false);
    return attach("me", Session.Mode.AUTO, 0, Tier.TEXT, Tier.AUDIO);
  }

  Session session(List<Exchange> earlier, long lastSeq) {
    var now = Instant.EPOCH;
    var record =
        new SessionRecord("s", Owner.LOCAL, "ada", "", "en-US", "t", "", "", now, now, 0, false);
    return new Session(record, this::character, parts(), earlier, lastSeq, 0);
  }

  Character character() {
    Character c = Character.named("ada", "Ada");
    return new Character(
        c.id(),
        c.displayName(),
        "",
        c.greeting(),
        c.language(),
        c.personaFacts(),
        c.agent(),
        c.voice(),
        c.avatar(),
        rule,
        idleTimeout,
        collections,
        Optional.empty(),
        1,
        c.createTime(),
        c.updateTime(),
        false);
  }

  Parts parts() {
    return new Parts(
        thinker(),
        Optional.of(new ToldEar()),
        Optional.of((request, sink) -> voice.speak(request, sink)),
        animator,
        recollection,
        library,
        sessions,
        turns,
        Optional.empty(),
        journal,
        leases,
        background,
        background,
        realTime ? System::nanoTime : () -> nanos,
        () -> "id" + ids.getAndIncrement(),
        settings,
        TurnTracer.NONE);
  }

  private Thinker thinker() {
    return new Thinker() {
      @Override
      public String name() {
        return "test";
      }

      @Override
      public void think(Thought thought, TokenSink sink) {
        thoughts.add(thought);
        thinks.accept(thought, sink);
      }
    };
  }

  Collected attach(String client, Session.Mode mode, long after, Tier... tiers) {
    var out = new Collected();
    attachment = session.attach(client, Set.of(tiers), mode, after, out);
    session.step();
    return out;
  }

  /** Types something. */
  void type(String text) {
    input(new Input.Act.Text(text));
  }

  void input(Input.Act act) {
    input(++clientSeq, act);
  }

  void input(long seq, Input.Act act) {
    attachment.input(new Input(seq, act));
    session.step();
  }

  /** The person begins to make a noise. */
  void voiceStarts() {
    if (ear.isEmpty()) {
      input(0, new Input.Act.Audio(new byte[640]));
    }
    ear.orElseThrow().speechStarted(0);
    session.step();
  }

  void voiceStops() {
    ear.orElseThrow().speechStopped(0);
    session.step();
  }

  /** What was understood so far. */
  void hears(String text) {
    ear.orElseThrow().partial(utterance(text, 0.9f));
    session.step();
  }

  /** What was understood in the end. */
  void heard(String text, float confidence) {
    ear.orElseThrow().finalUtterance(utterance(text, confidence));
    session.step();
  }

  /** A whole utterance of that length. */
  void utters(String text, int ms) {
    voiceStarts();
    pass(ms);
    hears(text);
    voiceStops();
    pass(400);
    heard(text, 0.9f);
  }

  static Listener.Utterance utterance(String text, float confidence) {
    return new Listener.Utterance(text, 0.9f, confidence, List.of(), new Span(0, 0), "test");
  }

  void pass(int ms) {
    for (int at = 0; at < ms; at += 5) {
      nanos += 5_000_000L;
      session.step();
    }
  }

  private final class ToldEar implements Listener {
    @Override
    public Ear listen(Request request, Sink sink) {
      ear = Optional.of(sink);
      earsOpened++;
      return new Ear() {
        @Override
        public void audio(byte[] data) {
          microphone.add(data);
        }

        @Override
        public void endUtterance() {}

        @Override
        public void echoHint(String text) {}

        @Override
        public void close() {}

        @Override
        public void cancel() {}
      };
    }

    @Override
    public Utterance recognize(byte[] audio, Request request) {
      throw Failure.of(Failure.Code.UNAVAILABLE, "RECOGNITION_FAILED", "not here");
    }
  }
}
