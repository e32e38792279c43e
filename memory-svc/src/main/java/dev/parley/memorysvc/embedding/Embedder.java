package dev.parley.memorysvc.embedding;

import java.util.List;

/** Turns texts into meanings. Safe for use by many threads. */
public interface Embedder extends AutoCloseable {

  /** Name of the model; vectors of different models must never be compared. */
  String model();

  /** Numbers in a vector. */
  int dimensions();

  /**
   * One vector a text, in order. A text longer than the model reads is cut at its end; an empty one
   * has the vector the model gives to nothing.
   *
   * @throws dev.parley.kit.failure.Failure when the model cannot be run
   */
  List<Vector> embed(List<String> texts);

  /** Releases the model. */
  @Override
  default void close() {}
}
