package dev.parley.orchestrator.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How often a session writes to its journal, and who waits for it. */
class LogAheadTest {
  private final KeptJournal journal = new KeptJournal();
  private final Stage stage = new Stage();

  @BeforeEach
  void keepsAJournal() {
    stage.journal = Optional.of(journal);
    stage.thinks = (it, sink) -> sink.token("one two three four five six seven eight nine ten. ");
  }

  @Test
  void whatFlowsIsWrittenSomeTimesASecond() {
    var out = stage.open();
    stage.type("Hello.");
    stage.pass(400);
    long before = journal.appends();
    long voiced = out.audioUs();
    stage.pass(1000);
    assertThat(out.audioUs() - voiced).isGreaterThan(700_000);
    assertThat(journal.appends() - before).isBetween(6L, 16L);
  }

  @Test
  void theFirstOfATurnsVoiceWaitsForNothing() {
    var out = stage.open();
    for (int turn = 1; turn <= 3; turn++) {
      stage.type("Hello.");
      stage.pass(20);
      var begun = out.events.stream().filter(e -> e.event() instanceof Event.AudioDelta).toList();
      assertThat(turns(begun)).hasSize(turn);
    }
  }

  @Test
  void aSessionThatHasNoLeaseYetDoesNotWaitForOne() {
    List<Runnable> elsewhere = new ArrayList<>();
    stage.background = elsewhere::add;
    var leases = new FreeLeases();
    stage.leases = Optional.of(leases);
    var out = stage.open();
    stage.pass(500);
    assertThat(leases.claims).isZero();
    assertThat(out.numbers()).isNotEmpty(); // after 400 ms without the journal
    List.copyOf(elsewhere).forEach(Runnable::run);
    assertThat(leases.claims).isEqualTo(1);
    assertThat(journal.appends()).isEqualTo(1);
  }

  /** Gives whatever it is asked for. */
  private static final class FreeLeases implements Leases {
    private int claims;

    @Override
    public Claim claim(String place) {
      return new Claim.Held(++claims);
    }

    @Override
    public Claim seize(String place, Claim.Elsewhere from) {
      return claim(place);
    }

    @Override
    public void release(String place, long token, boolean goesOn) {}

    @Override
    public void beat() {}

    @Override
    public List<String> orphans(int most) {
      return List.of();
    }

    @Override
    public void leave() {}
  }

  private static List<String> turns(List<LoggedEvent> events) {
    return events.stream().map(LoggedEvent::turnId).distinct().toList();
  }
}
