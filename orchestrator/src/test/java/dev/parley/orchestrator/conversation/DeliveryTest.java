package dev.parley.orchestrator.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** What those who are attached get while the journal keeps events on threads of its own. */
class DeliveryTest {
  private static final int EVENTS = 60_000;

  @RepeatedTest(5)
  void nothingIsPassedOverThatTheJournalKeepsMeanwhile() {
    Stage stage = new Stage();
    try (ExecutorService keeper = Executors.newSingleThreadExecutor()) {
      var journal = new KeptJournal();
      journal.keeper = keeper;
      stage.journal = Optional.of(journal);
      Collected out = stage.open();
      for (int i = 0; i < EVENTS; i++) {
        stage.session.emit("turn", i, new Event.WordSpoken(word(i)));
        stage.pass(5);
      }
      for (int i = 0; i < 1000 && out.numbers().getLast() < EVENTS; i++) {
        stage.pass(5);
      }
      List<Long> numbers = out.numbers();
      assertThat(numbers).hasSizeGreaterThanOrEqualTo(EVENTS);
      assertThat(missing(numbers)).isEmpty();
    }
  }

  @Test
  void whatTheJournalHasSoonerThanItSaysSoTakesNothingsPlace() {
    Stage stage = new Stage();
    List<Runnable> kept = new ArrayList<>();
    var journal = new KeptJournal();
    stage.journal = Optional.of(journal);
    Collected out = stage.open();
    stage.pass(5);
    journal.keeper = kept::add;
    long last = out.numbers().getLast();
    stage.session.emit("turn", 0, new Event.WordSpoken(word(1)));
    stage.session.emit("turn", 0, new Event.WordSpoken(word(2)));
    stage.pass(5);
    stage.attachment.missed.add(journal.after(Stage.PLACE, last + 1).getFirst());
    stage.attachment.pump();
    stage.pass(5);
    kept.forEach(Runnable::run);
    stage.pass(5);
    assertThat(out.numbers()).endsWith(last + 1, last + 2);
  }

  private static List<Long> missing(List<Long> numbers) {
    Set<Long> there = new HashSet<>(numbers);
    return LongStream.rangeClosed(1, numbers.getLast())
        .filter(it -> !there.contains(it))
        .boxed()
        .toList();
  }

  private static Word word(int i) {
    return new Word("w", new Span(i, i + 1), 0, 1, 1);
  }
}
