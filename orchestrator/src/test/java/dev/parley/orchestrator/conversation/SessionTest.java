package dev.parley.orchestrator.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.kit.identity.Owner;
import dev.parley.orchestrator.character.Character;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SessionTest {
  private static final String REPLY = "one two three four five six seven eight nine ten";
  private final Map<String, TurnRecord> kept = new HashMap<>();
  private long nanos = 1_000_000_000L;
  private int ids;
  private final Session session = session();

  /** A voice that says each word in 200 ms. */
  private static Call speak(Speaker.Request request, Speaker.Sink sink) {
    List<Word> words = new ArrayList<>();
    int at = 0;
    for (String text : request.text().split(" ")) {
      long us = words.size() * 200_000L;
      words.add(new Word(text, new Span(us, us + 200_000), at, at + text.length(), 1));
      at += text.length() + 1;
    }
    long length = words.size() * 200_000L;
    sink.phrase(words, List.of(), new Span(0, length));
    sink.audio(new byte[(int) (length * 48 / 1000)], 0, length);
    sink.done(length, "test");
    return () -> {};
  }

  private static final class Collected implements Outlet {
    final List<LoggedEvent> events = new ArrayList<>();

    @Override
    public boolean offer(LoggedEvent event) {
      return events.add(event);
    }

    @Override
    public void close() {}

    @Override
    public void fail(dev.parley.kit.failure.Failure failure) {
      throw failure;
    }

    <T extends Event> List<T> of(Class<T> type) {
      return events.stream().map(LoggedEvent::event).filter(type::isInstance).map(type::cast).toList();
    }

    List<Long> numbers() {
      return events.stream().map(LoggedEvent::seq).filter(s -> s > 0).toList();
    }
  }

  @Test
  void interruptKeepsOnlyTheWordsThatWereHeard() {
    var out = attach(0);
    say(1, "count");
    pass(1000);
    String turn = out.events.getLast().turnId();
    input(2, new Input.Act.Played(turn, 650_000));
    input(3, new Input.Act.Interrupt("", -1));
    pass(100);
    var cut = out.of(Event.Interrupted.class).getFirst();
    assertThat(cut.heardText()).isEqualTo("one two three");
    assertThat(cut.cutText()).isEqualTo(" four five six seven eight nine ten");
    assertThat(kept.get(turn).replyText()).isEqualTo("one two three");
    assertThat(kept.get(turn).receipt().orElseThrow().wordsHeard()).isEqualTo(3);
    int sent = out.of(Event.AudioDelta.class).size();
    pass(2000);
    assertThat(out.of(Event.AudioDelta.class)).hasSize(sent);
  }

  @Test
  void mediaIsNeverMoreThanTheLeadAheadOfTheClock() {
    var out = attach(0);
    say(1, "count");
    for (int ms = 0; ms < 1900; ms += 20) {
      pass(20);
      long sent = out.of(Event.AudioDelta.class).stream().mapToLong(Event.AudioDelta::durationUs).sum();
      assertThat(sent).isBetween(Math.min(2_000_000L, ms * 1000L), (ms + 20 + 320) * 1000L);
    }
  }

  @Test
  void whoComesBackMidWordMissesNothingAndGetsNothingTwice() {
    var first = attach(0);
    say(1, "count");
    pass(500);
    long last = first.numbers().getLast();
    var second = attach(last);
    pass(3000);
    List<Long> all = new ArrayList<>(first.numbers().stream().filter(n -> n <= last).toList());
    all.addAll(second.numbers());
    for (int i = 1; i < all.size(); i++) {
      assertThat(all.get(i)).isEqualTo(all.get(i - 1) + 1);
    }
    assertThat(second.of(Event.TurnCompleted.class)).hasSize(1);
  }

  @Test
  void theSameClientNumberIsTakenOnce() {
    var out = attach(0);
    say(1, "count");
    say(1, "count");
    pass(4000);
    assertThat(out.of(Event.TurnStarted.class)).hasSize(1);
  }

  @Test
  void numbersStayGaplessWhateverComesInWhateverOrder() {
    Random random = new Random(7);
    var out = attach(0);
    for (int seq = 1; seq < 400; seq++) {
      input(seq, randomAct(random));
      pass(random.nextInt(120));
    }
    pass(5000);
    List<Long> numbers = out.numbers();
    for (int i = 0; i < numbers.size(); i++) {
      assertThat(numbers.get(i)).isEqualTo(i + 1L);
    }
    assertThat(out.of(Event.TurnCompleted.class)).hasSameSizeAs(out.of(Event.TurnStarted.class));
  }

  private Input.Act randomAct(Random random) {
    return switch (random.nextInt(6)) {
      case 0 -> new Input.Act.Text("hello");
      case 1 -> new Input.Act.Interrupt("", random.nextInt(2_000_000));
      case 2 -> new Input.Act.Played("id" + random.nextInt(50), random.nextInt(2_000_000));
      case 3 -> new Input.Act.EndOfInput();
      case 4 -> new Input.Act.Ping();
      default -> new Input.Act.Audio(new byte[640]);
    };
  }

  private Collected attach(long after) {
    var out = new Collected();
    attachment = session.attach("me", Set.of(Tier.TEXT, Tier.AUDIO), Session.Mode.AUTO, after, out);
    session.step();
    return out;
  }

  private Attachment attachment;

  private void say(long seq, String text) {
    input(seq, new Input.Act.Text(text));
  }

  private void input(long seq, Input.Act act) {
    attachment.input(new Input(seq, act));
    session.step();
  }

  private void pass(int ms) {
    for (int at = 0; at < ms; at += 5) {
      nanos += 5_000_000L;
      session.step();
    }
  }

  private Session session() {
    Thinker thinker =
        new Thinker() {
          @Override
          public String name() {
            return "test";
          }

          @Override
          public void think(Thought thought, TokenSink sink) {
            sink.token(REPLY);
          }
        };
    var parts =
        new Parts(
            thinker,
            Optional.empty(),
            Optional.of(SessionTest::speak),
            Optional.empty(),
            Optional.empty(),
            new NoSessions(),
            new KeptTurns(),
            Optional.empty(),
            Optional.empty(),
            Runnable::run,
            () -> nanos,
            () -> "id" + ids++,
            SessionSettings.DEFAULTS);
    var now = Instant.EPOCH;
    var record =
        new SessionRecord(
            "s", Owner.LOCAL, "ada", "", "en-US", "t", "", "", now, now, 0, false);
    var made = new Session(record, () -> Character.named("ada", "Ada"), parts, List.of(), 0);
    made.opened(false);
    made.step();
    return made;
  }

  private final class KeptTurns implements TurnStore {
    @Override
    public void save(TurnRecord turn) {
      kept.put(turn.id(), turn);
    }

    @Override
    public Optional<TurnRecord> find(Owner owner, String id) {
      return Optional.ofNullable(kept.get(id));
    }

    @Override
    public Optional<TurnRecord> findByRequest(Owner owner, String requestId) {
      return Optional.empty();
    }

    @Override
    public Page<TurnRecord> list(Owner owner, String sessionId, int size, String token) {
      return new Page<>(List.copyOf(kept.values()), "");
    }

    @Override
    public List<TurnRecord> last(Owner owner, String sessionId, int count) {
      return List.copyOf(kept.values());
    }

    @Override
    public int failUnfinished(Instant time) {
      return 0;
    }
  }

  private static final class NoSessions implements SessionStore {
    @Override
    public SessionRecord create(SessionRecord session) {
      return session;
    }

    @Override
    public Optional<SessionRecord> find(Owner owner, String id) {
      return Optional.empty();
    }

    @Override
    public Page<SessionRecord> list(Owner owner, String characterId, int size, String token) {
      return new Page<>(List.of(), "");
    }

    @Override
    public void touch(String id, Instant time, int turnCount, String title) {}

    @Override
    public void end(String id, Instant time) {}

    @Override
    public boolean delete(Owner owner, String id) {
      return false;
    }
  }
}
