package dev.parley.orchestrator;

import dev.parley.orchestrator.conversation.DurableRecollection;
import dev.parley.orchestrator.conversation.NoteTaker;
import dev.parley.orchestrator.conversation.NotedRecollection;
import dev.parley.orchestrator.conversation.Recollection;
import dev.parley.orchestrator.conversation.TurnRecord;
import dev.parley.orchestrator.conversation.Unremembered;
import dev.parley.orchestrator.identity.Repeating;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * How turns come into memory: read by a model where one takes notes, without what may not be kept,
 * and offered again until they are there. Closing ends the offering.
 */
final class RecollectionParts implements AutoCloseable {
  /** How often memory is offered what it has not. */
  private static final Duration CATCHING_UP = Duration.ofSeconds(5);

  private final AutoCloseable catchingUp;
  private final Recollection masked;
  private final Optional<NotedRecollection> noted;

  /**
   * In front of that memory.
   *
   * @param turns knows what memory has not
   * @param change gives a turn as it may be kept
   */
  RecollectionParts(
      Recollection memory,
      Unremembered turns,
      UnaryOperator<TurnRecord> change,
      Optional<NoteTaker> notes) {
    var durable = new DurableRecollection(memory, turns, InstantSource.system());
    catchingUp = Repeating.every(CATCHING_UP, "remembering", durable::catchUp);
    masked = new MaskedRecollection(durable, change);
    noted = notes.map(taker -> new NotedRecollection(masked, taker));
  }

  /** What sessions remember by. */
  Recollection recollection() {
    return noted.<Recollection>map(it -> it).orElse(masked);
  }

  /** Turns that a model still reads are remembered now, as far as it has come. */
  void drain() {
    noted.ifPresent(NotedRecollection::close);
  }

  @Override
  public void close() throws Exception {
    catchingUp.close();
  }
}
