package dev.parley.orchestrator.conversation;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps a turn: when it begins, and when it is over with its voice and what is to be remembered.
 * What a store does not take now it is offered again later. Any thread.
 */
final class TurnKeeper {
  private static final Duration REMEMBER_DEADLINE = Duration.ofSeconds(2);
  private final Scene scene;
  private final Parts parts;
  private final Retries retries;
  private final Emitter problems;

  /** As exact as a store keeps it: what is remembered later has the same time. */
  private final Instant createTime = Instant.now().truncatedTo(ChronoUnit.MICROS);

  private final ReentrantLock order = new ReentrantLock();
  private boolean over;

  /** {@code problems} is told what failed, on whatever thread it failed. */
  TurnKeeper(Scene scene, Parts parts, Emitter problems) {
    this.scene = scene;
    this.parts = parts;
    this.retries = new Retries(parts.upkeep());
    this.problems = problems;
  }

  /** Keeps that it runs, unless it is over already; blocks. */
  void begun() {
    var running =
        record(TurnState.RUNNING, "", "", List.of(), List.of(), Duration.ZERO, Optional.empty());
    attempt(() -> saveInOrder(running), Problem.STORE);
  }

  /** The record of a turn that is over now. */
  TurnRecord ended(
      TurnState state,
      String heard,
      String cut,
      List<Word> words,
      List<Citation> citations,
      Duration media,
      Receipt receipt) {
    return record(state, heard, cut, words, citations, media, Optional.of(receipt));
  }

  private TurnRecord record(
      TurnState state,
      String heard,
      String cut,
      List<Word> words,
      List<Citation> citations,
      Duration media,
      Optional<Receipt> receipt) {
    TurnRequest request = scene.request();
    return new TurnRecord(
        request.turnId(),
        scene.session().owner(),
        scene.session().id(),
        scene.character().id(),
        state,
        request.input(),
        request.spoken(),
        heard,
        cut,
        words,
        citations,
        media,
        createTime,
        receipt.map(r -> Instant.now()),
        receipt,
        request.requestId());
  }

  /** Keeps what is over, cut at that media time; blocks as long as the stores take. */
  void keep(TurnRecord record, TurnArchive archive, long atUs) {
    attempt(() -> parts.media().ifPresent(m -> archive.store(m, record, atUs)), Problem.STORE);
    attempt(() -> saveInOrder(record), Problem.STORE);
    if (parts.turns().isBehind() || parts.media().map(MediaStore::isBehind).orElse(false)) {
      tell(
          "STORE_FAILED",
          "the history is delayed: its store is away, nothing is lost",
          Problem.STORE);
    }
    if (record.isMemorable()) {
      attempt(
          () ->
              parts
                  .recollection()
                  .ifPresent(r -> r.remember(record, Optional.empty(), REMEMBER_DEADLINE)),
          Problem.MEMORY);
    }
  }

  /** What is over is never overwritten by what was. */
  private void saveInOrder(TurnRecord record) {
    order.lock();
    try {
      over |= record.state().over();
      if (record.state().over() || !over) {
        parts.turns().save(record);
      }
    } finally {
      order.unlock();
    }
  }

  private void attempt(Runnable task, String part) {
    if (!retries.run(task)) {
      String reason = part.equals(Problem.STORE) ? "STORE_FAILED" : "UNAVAILABLE";
      tell(reason, part + " did not take the turn yet", part);
    }
  }

  private void tell(String reason, String message, String part) {
    problems.emit(scene.request().turnId(), -1, new Event.ProblemSeen(reason, message, 0, part));
  }
}
