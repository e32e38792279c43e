package dev.parley.orchestrator.conversation;

import dev.parley.kit.failure.Failure;
import dev.parley.kit.identity.Owner;
import dev.parley.orchestrator.character.Character;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/**
 * A conversation that nobody has, so that the first person does not wait for code and models to be
 * loaded: a character says a question, hears itself ask it, recalls, thinks, answers aloud and
 * moves its face. Nothing of it is kept or counted. It goes in small steps and makes way: no step
 * begins while somebody is spoken to. Blocks; meant for a virtual thread of its own, and ends soon
 * after that is interrupted.
 */
public final class WarmUp implements Runnable {
  private static final String QUESTION = "Hello, who are you and what can you do?";
  private static final int EAR_HZ = 16_000;
  private static final int CHUNK_BYTES = EAR_HZ / 50 * 2;
  private static final Duration BETWEEN = Duration.ofMillis(200);
  private static final Duration WHILE_BUSY = Duration.ofMillis(500);
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private final Character character;
  private final Parts parts;
  private final BooleanSupplier busy;

  /**
   * Of a character, over the engines of those parts.
   *
   * @param thinker one that costs nothing to ask
   * @param busy whether somebody is spoken to
   */
  public WarmUp(Character character, Parts parts, Thinker thinker, BooleanSupplier busy) {
    this.character = character;
    this.parts = muted(parts, thinker);
    this.busy = busy;
  }

  private static Parts muted(Parts p, Thinker thinker) {
    return new Parts(
        thinker,
        p.listener(),
        p.speaker(),
        p.animator(),
        p.recollection().map(Nowhere.Memories::new),
        p.library(),
        new Nowhere.Sessions(),
        new Nowhere.Turns(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        p.background(),
        p.upkeep(),
        p.nanos(),
        p.ids(),
        p.settings(),
        TurnTracer.NONE);
  }

  @Override
  public void run() {
    try {
      makeWay();
      byte[] question = spoken();
      makeWay();
      answered(new Input.Act.Text(QUESTION), new byte[0]);
      makeWay();
      if (question.length > 0 && parts.listener().isPresent()) {
        answered(new Input.Act.EndOfInput(), question);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException cold) {
      System.getLogger("parley.warm-up")
          .log(System.Logger.Level.WARNING, "the first turn may be slow: " + cold.getMessage());
    }
  }

  private void makeWay() throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(BETWEEN.toMillis());
    while (busy.getAsBoolean()) {
      TimeUnit.MILLISECONDS.sleep(WHILE_BUSY.toMillis());
    }
  }

  /** The question as sound, for the ear; empty where there is no voice. */
  private byte[] spoken() throws InterruptedException {
    if (parts.speaker().isEmpty()) {
      return new byte[0];
    }
    var voice = character.voice();
    var said = new Recording();
    var request =
        new Speaker.Request(QUESTION, voice.voiceId(), voice.rate(), 0, 0, EAR_HZ, 0, false);
    parts.speaker().get().speak(request, said);
    await(said.done());
    return said.samples();
  }

  /** Does something in a session of its own, until the answer is heard and seen or is over. */
  private void answered(Input.Act act, byte[] sound) throws InterruptedException {
    var session = new Session(record(), () -> character, parts, List.of(), 0, 0);
    var answer = new Answer(parts.animator().isPresent());
    session.start(() -> answer.begun.complete(null));
    var tiers = Set.of(Tier.TEXT, Tier.AUDIO, Tier.FACE);
    Attachment person = session.attach("warm-up", tiers, Session.Mode.AUTO, 0, answer);
    try {
      for (int at = 0; at < sound.length; at += CHUNK_BYTES) {
        byte[] chunk = Arrays.copyOfRange(sound, at, at + CHUNK_BYTES);
        person.input(new Input(0, new Input.Act.Audio(chunk)));
      }
      person.input(new Input(0, act));
      await(answer.begun);
    } finally {
      session.post(() -> session.end(Event.EndCause.CLIENT));
      person.detach();
    }
  }

  private SessionRecord record() {
    var now = Instant.now();
    String id = "warm-up-" + parts.ids().get();
    return new SessionRecord(
        id,
        Owner.LOCAL,
        character.id(),
        "",
        character.language(),
        "",
        "",
        SessionFormats.DEFAULTS.encoded(),
        now,
        now,
        0,
        false);
  }

  private static void await(CompletableFuture<Void> what) throws InterruptedException {
    try {
      what.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw Failure.of(Failure.Code.DEADLINE_EXCEEDED, "DEADLINE_EXCEEDED", String.valueOf(e));
    }
  }

  /** Completes when voice and face have begun, or will not. */
  private static final class Answer implements Outlet {
    private final CompletableFuture<Void> begun = new CompletableFuture<>();
    private boolean heard;
    private boolean seen;

    Answer(boolean faceless) {
      seen = !faceless;
    }

    @Override
    public boolean offer(LoggedEvent e) {
      heard |= e.event() instanceof Event.AudioDelta;
      seen |= e.event() instanceof Event.FaceFrames;
      boolean over = e.event() instanceof Event.TurnCompleted;
      if (heard && seen || over || e.event() instanceof Event.ProblemSeen) {
        begun.complete(null);
      }
      return true;
    }

    @Override
    public void close() {
      begun.complete(null);
    }

    @Override
    public void fail(Failure failure) {
      begun.complete(null);
    }
  }
}
