package dev.parley.orchestrator.identity.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Every way to have another past is found out, and where it begins. */
class ChainTest {
  private static final int COUNT = 8;
  private final List<Entry> entries = written("done");
  private final Entry head = entries.getLast();

  @Test
  void aChainThatWasLeftAloneHolds() {
    assertThat(verified(_ -> {})).isEqualTo(new Chain.Verdict(true, COUNT, 0, head.hash()));
  }

  @Test
  void anEntryThatWasChangedIsFoundInEveryPartOfIt() {
    Entry it = entries.get(4);
    for (Entry other :
        List.of(
            new Entry(
                "b", 5, it.time(), it.actor(), it.action(), it.target(), "done", "r", it.hash()),
            changed(it, it.time().plusNanos(1000), it.actor(), it.action(), it.target(), "done"),
            changed(it, it.time(), "somebody", it.action(), it.target(), "done"),
            changed(it, it.time(), it.actor(), "other", it.target(), "done"),
            changed(it, it.time(), it.actor(), it.action(), "key/other", "done"),
            changed(it, it.time(), it.actor(), it.action(), it.target(), "denied"))) {
      broken(it2 -> it2.set(4, other), 5);
    }
  }

  @Test
  void anEntryThatWasDeletedIsFound() {
    broken(it -> it.remove(4), 5);
    broken(it -> it.remove(0), 1);
  }

  @Test
  void entriesThatChangedPlacesAreFound() {
    broken(it -> Collections.swap(it, 4, 5), 5);
    broken(it -> it.add(2, it.remove(6)), 3);
  }

  @Test
  void entriesThatChangedPlacesAndNumbersAreFound() {
    broken(
        it -> {
          Entry fifth = it.get(4);
          it.set(4, numbered(it.get(5), 5));
          it.set(5, numbered(fifth, 6));
        },
        5);
  }

  @Test
  void anEntryThatWasPutInIsFound() {
    broken(it -> it.add(4, numbered(it.get(2), 5)), 5);
  }

  @Test
  void aTailThatWasCutOffIsFoundByTheHeadThatIsKeptBeside() {
    broken(it -> it.subList(5, COUNT).clear(), 6);
    broken(List::clear, 1);
  }

  @Test
  void aChainThatWasWrittenAnewHoldsInItselfButEndsInAnotherHead() {
    List<Entry> anew = written("denied");
    Chain chain = new Chain(0, Entry.FIRST);
    anew.forEach(chain::verify);
    assertThat(chain.verdict(COUNT, COUNT, anew.getLast().hash()).intact()).isTrue();
    assertThat(chain.hash()).isNotEqualTo(head.hash());
  }

  private void broken(Consumer<List<Entry>> tampering, long first) {
    Chain.Verdict verdict = verified(tampering);
    assertThat(verdict.intact()).isFalse();
    assertThat(verdict.firstBroken()).isEqualTo(first);
  }

  private Chain.Verdict verified(Consumer<List<Entry>> tampering) {
    List<Entry> copy = new ArrayList<>(entries);
    tampering.accept(copy);
    Chain chain = new Chain(0, Entry.FIRST);
    copy.forEach(chain::verify);
    return chain.verdict(copy.size(), COUNT, head.hash());
  }

  private static Entry numbered(Entry it, long number) {
    return new Entry(
        it.organisationId(),
        number,
        it.time(),
        it.actor(),
        it.action(),
        it.target(),
        it.outcome(),
        it.requestId(),
        it.hash());
  }

  private static Entry changed(
      Entry it, Instant time, String actor, String action, String target, String outcome) {
    return new Entry(
        it.organisationId(), it.number(), time, actor, action, target, outcome, "r", it.hash());
  }

  private static List<Entry> written(String outcome) {
    Instant time = Instant.parse("2026-11-21T13:45:00Z");
    List<Deed> deeds =
        IntStream.range(0, COUNT)
            .mapToObj(it -> new Deed(time, "acme", "ann", "did " + it, "key", "k", outcome, "r"))
            .toList();
    return new Chain(0, Entry.FIRST).add(deeds, person -> "pseudonym of " + person);
  }
}
