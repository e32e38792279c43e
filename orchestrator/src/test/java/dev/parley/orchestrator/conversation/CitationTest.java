package dev.parley.orchestrator.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.kit.failure.Failure;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Sources of an answer on its media clock; the voice says a word in 200 ms. */
class CitationTest {
  private static final Passage SNOW =
      new Passage("c1", "d1", "Weather book", 3, "iii", "Snow fell in March.", 0.7f);
  private static final Passage RAIN =
      new Passage("c2", "d1", "Weather book", 4, "iv", "It rained in May.", 0.6f);
  private final Stage stage = new Stage();

  private Collected asked(Consumer<TokenSink> answer, int ms) {
    stage.library =
        Optional.of((owner, collections, query, limit, deadline) ->
            new Library.Findings(List.of(SNOW, RAIN), List.of()));
    stage.collections = List.of("weather");
    stage.thinks = (thought, sink) -> answer.accept(sink);
    var out = stage.open();
    stage.type("What about the weather?");
    stage.pass(ms);
    return out;
  }

  private static void tokens(TokenSink sink, String text) {
    for (String piece : text.split("(?<=\\s)")) {
      sink.token(piece);
    }
  }

  @Test
  void aCitationHasTheTimeInWhichItsSentenceIsSpoken() {
    var out =
        asked(
            sink -> {
              tokens(sink, "Let me see now. Snow fell in March");
              sink.cites(1, "");
              tokens(sink, ". It rained in May.");
              sink.cites(2, "It rained in May.");
            },
            4000);
    assertThat(spans(out))
        .containsExactly(new Span(800_000, 1_600_000), new Span(1_600_000, 2_400_000));
    Citation first = cited(out).getFirst();
    assertThat(first.documentId()).isEqualTo("d1");
    assertThat(first.title()).isEqualTo("Weather book");
    assertThat(first.page()).isEqualTo(3);
    assertThat(first.pageLabel()).isEqualTo("iii");
    assertThat(first.chunkId()).isEqualTo("c1");
    assertThat(first.passage()).isEqualTo("Snow fell in March.");
    assertThat(cited(out).getLast().quote()).isEqualTo("It rained in May.");
  }

  @Test
  void itComesWithTheFirstWordOfItsSentenceAndNotBefore() {
    var out =
        asked(
            sink -> {
              tokens(sink, "Let me see now, my friend. Snow fell in March.");
              sink.cites(1, "");
            },
            4000);
    int at = out.indexOf(Event.Cited.class);
    assertThat(out.events.get(at).mediaTimeUs()).isEqualTo(1_200_000);
    assertThat(out.events.get(at + 1).event())
        .isInstanceOfSatisfying(
            Event.WordSpoken.class, w -> assertThat(w.word().text()).isEqualTo("Snow"));
  }

  @Test
  void aMarkThatComesWhenItsSentenceIsSpokenAlreadyIsToldAtOnce() throws Exception {
    var mark = new CountDownLatch(1);
    stage.background = task -> Thread.ofVirtual().start(task);
    var out =
        asked(
            sink -> {
              tokens(sink, "Snow fell in March as far as anybody knows. ");
              awaitQuietly(mark);
              sink.cites(1, "");
            },
            0);
    stepUntil(() -> !out.of(Event.WordSpoken.class).isEmpty());
    stage.pass(200);
    assertThat(cited(out)).isEmpty();
    mark.countDown();
    stepUntil(() -> !cited(out).isEmpty());
    assertThat(spans(out)).containsExactly(new Span(0, 1_800_000));
  }

  private void stepUntil(BooleanSupplier done) throws InterruptedException {
    for (int i = 0; i < 2000 && !done.getAsBoolean(); i++) {
      Thread.sleep(1);
      stage.pass(5);
    }
    assertThat(done.getAsBoolean()).isTrue();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aNumberThatWasNotGivenIsIgnored() {
    var out =
        asked(
            sink -> {
              tokens(sink, "Snow fell in March.");
              sink.cites(3, "");
              sink.cites(0, "");
              sink.cites(-1, "");
            },
            3000);
    assertThat(cited(out)).isEmpty();
    assertThat(kept(out).citations()).isEmpty();
  }

  @Test
  void theSameSourceOfTheSameSentenceIsToldOnce() {
    var out =
        asked(
            sink -> {
              tokens(sink, "Snow fell");
              sink.cites(1, "");
              tokens(sink, " in March.");
              sink.cites(1, "");
            },
            3000);
    assertThat(cited(out)).hasSize(1);
  }

  @Test
  void aSentenceSpokenInSeveralPhrasesIsOneSpan() {
    String clause = "rain and wind and hail came down on all the roofs of the town by the sea; ";
    var out =
        asked(
            sink -> {
              tokens(sink, "Well then, " + clause.repeat(5) + "so it was.");
              sink.cites(2, "");
            },
            40_000);
    int words = ("Well then, " + clause.repeat(5) + "so it was.").split(" ").length;
    assertThat(spans(out)).containsExactly(new Span(0, words * 200_000L));
  }

  @Test
  void aQuoteOfSeveralSentencesIsLitFromItsBeginning() {
    var out =
        asked(
            sink -> {
              tokens(sink, "Yes, indeed so. Snow fell. It lay for long.");
              sink.cites(1, "Snow fell.\n It lay for long.");
            },
            4000);
    assertThat(spans(out)).containsExactly(new Span(600_000, 1_800_000));
  }

  @Test
  void withoutAVoiceCitationsHaveNoTimeAndAreKept() {
    stage.voice =
        (request, sink) -> {
          sink.failed(Failure.of(Failure.Code.UNAVAILABLE, "UNAVAILABLE", "gone"));
          return () -> {};
        };
    var out =
        asked(
            sink -> {
              tokens(sink, "Snow fell in March.");
              sink.cites(1, "");
            },
            6000);
    assertThat(cited(out)).singleElement().satisfies(c -> assertThat(c.span()).isEmpty());
    assertThat(kept(out).citations()).isEqualTo(cited(out));
  }

  @Test
  void anInterruptedTurnKeepsOnlyCitationsOfWhatWasHeard() {
    var out =
        asked(
            sink -> {
              tokens(sink, "Snow fell in March. ");
              sink.cites(1, "");
              tokens(sink, "It rained in May.");
              sink.cites(2, "");
            },
            1100);
    stage.input(new Input.Act.Interrupt("", 1_000_000));
    stage.pass(100);
    assertThat(cited(out)).hasSize(2);
    TurnRecord kept = kept(out);
    assertThat(kept.state()).isEqualTo(TurnState.INTERRUPTED);
    assertThat(kept.citations()).extracting(Citation::number).containsExactly(1);
  }

  @Test
  void aProcessThatDiedLeavesTheCitationsThatWentOut() {
    var heard = Citation.of(1, SNOW, "").spoken(new Span(0, 400_000));
    var unheard = Citation.of(2, RAIN, "").spoken(new Span(400_000, 900_000));
    var word = new Word("Snow", new Span(0, 400_000), 0, 4, 1);
    List<LoggedEvent> log =
        List.of(
            new LoggedEvent(1, "t", -1, 0, new Event.TurnStarted("ada", "", 0)),
            new LoggedEvent(2, "t", -1, 0, new Event.TextDelta("Snow. Rain.")),
            new LoggedEvent(3, "t", 0, 0, new Event.Cited(heard)),
            new LoggedEvent(4, "t", 0, 0, new Event.WordSpoken(word)),
            new LoggedEvent(5, "t", 400_000, 0, new Event.Cited(unheard)));
    assertThat(Begun.of(log, Optional.empty()).orElseThrow().told())
        .containsExactly(heard, unheard);
  }

  private static List<Citation> cited(Collected out) {
    return out.of(Event.Cited.class).stream().map(Event.Cited::citation).toList();
  }

  private static List<Span> spans(Collected out) {
    return cited(out).stream().map(c -> c.span().orElseThrow()).toList();
  }

  private TurnRecord kept(Collected out) {
    String turn = out.events.get(out.indexOf(Event.TurnStarted.class)).turnId();
    return stage.turns.find(dev.parley.kit.identity.Owner.LOCAL, turn).orElseThrow();
  }
}
