package dev.parley.orchestrator.conversation;

import static dev.parley.kit.failure.Failure.Code.DEADLINE_EXCEEDED;
import static dev.parley.kit.failure.Failure.Code.INVALID_ARGUMENT;
import static dev.parley.kit.failure.Failure.Code.UNAVAILABLE;

import dev.parley.kit.failure.Failure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Memory that gets every turn in the end: one that it did not take, because it was away or because
 * this or another process ended before, is offered again by {@link #catchUp}. Thread-safe.
 */
public final class DurableRecollection extends ForwardingRecollection {
  private static final System.Logger LOG = System.getLogger("parley.memory");

  /** Somebody may still be busy with what ended less long ago, while a model reads it. */
  static final Duration GRACE = Duration.ofSeconds(30);

  private static final Duration DEADLINE = Duration.ofSeconds(5);
  private static final int AT_ONCE = 100;

  private final Unremembered turns;
  private final InstantSource clock;
  private final Instant start;

  /** That memory; {@code turns} knows what it has not. */
  public DurableRecollection(Recollection memory, Unremembered turns, InstantSource clock) {
    super(memory);
    this.turns = turns;
    this.clock = clock;
    this.start = clock.instant();
  }

  @Override
  public void remember(TurnRecord turn, Optional<Notes> notes, Duration deadline) {
    memory.remember(turn, notes, deadline);
    try {
      turns.taken(turn.owner(), turn.id());
    } catch (Failure away) {
      LOG.log(System.Logger.Level.DEBUG, "{0} is remembered once more later", turn.id());
    }
  }

  /**
   * Offers what memory has not, oldest first, until it is away: what ended before this process
   * began, and what ended a while ago.
   */
  public void catchUp() {
    Instant late = clock.instant().minus(GRACE);
    var attempt = new Attempt();
    for (String id : turns.waiting(late.isAfter(start) ? late : start, AT_ONCE)) {
      turns.offer(id, attempt::take);
      if (attempt.away) {
        return;
      }
    }
  }

  /** One pass over what waits. */
  private final class Attempt {
    private boolean away;

    boolean take(TurnRecord turn) {
      try {
        memory.remember(turn, Optional.empty(), DEADLINE);
        return true;
      } catch (Failure e) {
        away = e.code() == UNAVAILABLE || e.code() == DEADLINE_EXCEEDED;
        return refused(turn, e.code() == INVALID_ARGUMENT, e);
      } catch (RuntimeException fault) {
        return refused(turn, false, fault);
      }
    }

    private boolean refused(TurnRecord turn, boolean forGood, RuntimeException why) {
      var level = away ? System.Logger.Level.DEBUG : System.Logger.Level.ERROR;
      String how = forGood ? " is never remembered" : " is not remembered yet";
      LOG.log(level, turn.id() + how, why);
      return forGood;
    }
  }
}
