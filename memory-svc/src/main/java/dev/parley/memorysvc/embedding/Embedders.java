package dev.parley.memorysvc.embedding;

import java.util.Optional;
import java.util.function.Function;

/**
 * The embedding model in use, and those before it while collections still hold their vectors.
 *
 * @param now the model in use
 * @param former a model by its name, none when it cannot be had any more; may take long at first
 */
public record Embedders(Embedder now, Function<String, Optional<Embedder>> former) {

  /** One that was always in use. */
  public static Embedders only(Embedder now) {
    return new Embedders(now, model -> Optional.empty());
  }

  /** The one of that name. */
  public Optional<Embedder> of(String model) {
    return model.equals(now.model()) ? Optional.of(now) : former.apply(model);
  }
}
