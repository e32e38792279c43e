package dev.parley.memorysvc.embedding;

import java.util.List;
import java.util.function.BooleanSupplier;

/** Judges how well texts answer a question, each read together with it. Thread-safe. */
public interface Reranker extends AutoCloseable {

  /** Name of the model. */
  String model();

  /**
   * A score a text, in order, 0 to 1; larger is better.
   *
   * @param stopped asked between batches; once it holds the rest is not run
   * @throws dev.parley.kit.failure.Failure DEADLINE_EXCEEDED when it was stopped, INTERNAL when the
   *     model cannot be run
   */
  List<Float> scores(String query, List<String> texts, BooleanSupplier stopped);

  /** Releases the model. */
  @Override
  default void close() {}
}
