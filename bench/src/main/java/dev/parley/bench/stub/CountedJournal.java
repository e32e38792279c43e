package dev.parley.bench.stub;

import dev.parley.orchestrator.conversation.Journal;
import dev.parley.orchestrator.conversation.LoggedEvent;
import dev.parley.orchestrator.conversation.SessionState;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** Counts what is written ahead. Thread-safe. */
final class CountedJournal implements Journal {
  private final Journal inner;
  private final LongAdder events = new LongAdder();
  private final LongAdder appends = new LongAdder();
  private final AtomicLong firstNanos = new AtomicLong();

  CountedJournal(Journal inner) {
    this.inner = inner;
  }

  /** What was written since the first append, in words. */
  String told() {
    double seconds = (System.nanoTime() - firstNanos.get()) / 1e9;
    return "log: %.1f events a second in %.1f appends a second"
        .formatted(events.sum() / seconds, appends.sum() / seconds);
  }

  @Override
  public CompletableFuture<Void> append(
      String place,
      long token,
      List<LoggedEvent> added,
      Optional<SessionState> state,
      boolean urgent) {
    firstNanos.compareAndSet(0, System.nanoTime());
    events.add(added.size());
    appends.increment();
    return inner.append(place, token, added, state, urgent);
  }

  @Override
  public List<LoggedEvent> after(String place, long seq) {
    return inner.after(place, seq);
  }

  @Override
  public Optional<SessionState> state(String place) {
    return inner.state(place);
  }

  @Override
  public long lastSeq(String place) {
    return inner.lastSeq(place);
  }

  @Override
  public void delete(String place) {
    inner.delete(place);
  }
}
