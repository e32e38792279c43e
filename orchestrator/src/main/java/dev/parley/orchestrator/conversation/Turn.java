package dev.parley.orchestrator.conversation;

import dev.parley.kit.failure.Failure;
import java.util.List;
import java.util.Optional;

/**
 * One turn: recalled, thought and performed, each stage streaming into the next. The session's
 * thread owns it; engines are heard through the mailbox. It always ends: every stage that stalls is
 * given up after its deadline, and what failed is left out.
 */
final class Turn implements Performance.Stagehand {
  /** What a turn needs of its session. */
  interface Host extends Mailbox, Emitter {
    /** The character says this word now. */
    void spoke(Word word);

    /** The turn is cut or spoken to its end; the next may begin. */
    void over(Turn turn, String heardText);
  }

  private final Scene scene;
  private final Parts parts;
  private final Host host;
  private final long seed;
  private final ReceiptDraft receipt;
  private final TurnKeeper keeper;
  private final Thinking thinking;
  private final Patience patience;
  private final Performance performance;
  private final TurnTracer.Trace trace;
  private final Reply reply;
  private boolean over;

  Turn(Scene scene, Parts parts, Host host) {
    this.scene = scene;
    this.parts = parts;
    this.host = host;
    this.seed = scene.request().turnId().hashCode() & 0xffffffffL;
    boolean fixed = !scene.request().fixedReply().isEmpty();
    this.receipt = new ReceiptDraft(now(), seed, fixed ? "character" : parts.thinker().name());
    this.keeper =
        new TurnKeeper(scene, parts, (id, us, event) -> host.post(() -> host.emit(id, us, event)));
    this.patience = new Patience(parts.settings(), now());
    this.performance = new Performance(scene, parts, this, receipt.stages(), patience);
    this.trace = parts.tracer().begin(scene.session().id(), id(), scene.character().id());
    this.reply = new Reply(id(), performance, receipt, patience, parts.nanos(), this);
    this.thinking = new Thinking(scene, parts, host, trace, reply);
  }

  String id() {
    return scene.request().turnId();
  }

  String input() {
    return scene.request().input();
  }

  /** As it was asked for. */
  TurnRequest request() {
    return scene.request();
  }

  boolean spokenInput() {
    return scene.request().spoken();
  }

  /** Whether something of it went out to the person: of its voice, or where it has none, text. */
  boolean audible() {
    boolean text = performance.script().length() > 0;
    return performance.spoken() ? playback().firstAudioNanos() >= 0 : text;
  }

  /** Whether its face has begun. */
  boolean shown() {
    return performance.firstFaceNanos() >= 0;
  }

  Playback playback() {
    return performance.playback();
  }

  /** Begins. */
  void start() {
    emit(-1, new Event.TurnStarted(scene.character().id(), input(), seed));
    parts.upkeep().execute(keeper::begun);
    trace.within(() -> performance.open(seed)).run();
    String fixed = scene.request().fixedReply();
    if (fixed.isEmpty()) {
      think();
    } else {
      reply.token(fixed);
      reply.thoughtEnded(Optional.empty());
    }
  }

  /** Goes on where another process stopped: no word is said twice, and none is left out. */
  void goOn(Begun begun) {
    parts.upkeep().execute(keeper::begun);
    trace.within(() -> performance.goOn(begun)).run();
    reply.goOn(begun);
    String said = begun.text();
    String fixed = scene.request().fixedReply();
    if (reply.isWhole()) {
      return;
    }
    if (fixed.isEmpty()) {
      thinking.after(said);
      think();
    } else {
      reply.token(fixed.substring(Math.min(said.length(), fixed.length())));
      reply.thoughtEnded(Optional.empty());
    }
  }

  private void think() {
    receipt.stages().begin("recall", now());
    parts.background().execute(trace.within(thinking));
  }

  /** What another process needs to go on with it. */
  SessionState.Underway state() {
    return new SessionState.Underway(
        scene.request(),
        scene.character().voice(),
        reply.isWhole(),
        reply.hasFailed(),
        receipt.thinker(),
        receipt.inputTokens(),
        receipt.outputTokens(),
        playback().playedUs(),
        performance.citing().marks());
  }

  /** Stops without an end of its own: somebody else goes on with it. */
  void abandon() {
    over = true;
    thinking.stop();
    reply.close();
    performance.stop();
  }

  // --- what is performed ------------------------------------------------------------------------

  @Override
  public void post(Runnable task) {
    host.post(task);
  }

  @Override
  public void changed() {
    host.changed();
  }

  @Override
  public void emit(String turnId, long mediaUs, Event event) {
    host.emit(turnId, mediaUs, event);
  }

  @Override
  public void spoke(Word word) {
    host.spoke(word);
  }

  @Override
  public void degrade(Event.ProblemSeen problem) {
    if (!over) {
      receipt.leftOut(problem.part(), problem.message());
      emit(-1, problem);
    }
  }

  /** Sends what is due, ends what is over; when to be asked again, in nanoseconds. */
  long pump(long now) {
    if (over) {
      return Long.MAX_VALUE;
    }
    performance.pump(now);
    if (!reply.isWhole() && patience.thoughtLate(now)) {
      thinking.stop();
      reply.thoughtEnded(
          Optional.of(
              Failure.of(
                  Failure.Code.DEADLINE_EXCEEDED, "DEADLINE_EXCEEDED", "the model said nothing")));
    }
    if (reply.isWhole() && performance.finished(now)) {
      int all = performance.script().length();
      end(all, performance.endUs(), reply.hasFailed() ? TurnState.FAILED : TurnState.COMPLETED);
      return Long.MAX_VALUE;
    }
    return performance.due(now);
  }

  // --- ends -------------------------------------------------------------------------------------

  /** Cuts the turn there; a negative time means where the person is. */
  void interrupt(long givenUs, Event.Cause cause) {
    if (over) {
      return;
    }
    Script script = performance.script();
    long at = playback().heardUs(givenUs, now());
    int heard = performance.spoken() ? script.heardEnd(at) : script.length();
    String text = script.text();
    emit(at, new Event.Interrupted(at, text.substring(0, heard), text.substring(heard), cause));
    end(heard, at, heard == 0 ? TurnState.CANCELLED : TurnState.INTERRUPTED);
  }

  private void end(int heardEnd, long atUs, TurnState state) {
    over = true;
    if (!reply.isWhole()) {
      thinking.stop();
    }
    reply.close();
    performance.stop();
    String heard = performance.script().text().substring(0, heardEnd);
    TurnRecord record = record(state, heard, atUs);
    record.receipt().ifPresent(receipt -> trace.ended(state, receipt));
    host.over(this, heard);
    parts
        .upkeep()
        .execute(() -> {
          keeper.keep(record, performance.archive(), atUs);
          var done = new Event.TurnCompleted(record.state(), record.replyText(), record.receipt());
          host.post(() -> emit(-1, done));
        });
  }

  private TurnRecord record(TurnState state, String heard, long atUs) {
    Script script = performance.script();
    List<Word> words = script.words();
    int wordsHeard = performance.spoken() ? script.heardWords(atUs) : 0;
    var made =
        receipt.finish(
            now(),
            performance.voiceId(),
            playback().firstAudioNanos(),
            performance.firstFaceNanos(),
            playback().acknowledged() ? Receipt.HeardBy.ACKNOWLEDGED : Receipt.HeardBy.DELIVERED,
            wordsHeard,
            words.size() - wordsHeard);
    String cut = script.text().substring(heard.length());
    List<Citation> citations =
        performance.citing().heard(state == TurnState.COMPLETED ? Long.MAX_VALUE : atUs);
    return keeper.ended(
        state, heard, cut, words, citations, performance.archive().length(atUs), made);
  }

  private void emit(long mediaUs, Event event) {
    host.emit(id(), mediaUs, event);
  }

  private long now() {
    return parts.nanos().getAsLong();
  }
}
