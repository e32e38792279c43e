package dev.parley.memorysvc.vectors;

import dev.parley.kit.failure.Failure;
import dev.parley.memorysvc.embedding.Embedder;
import dev.parley.memorysvc.embedding.Embedders;
import dev.parley.memorysvc.embedding.Vector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** The vectors of texts for a space: always of the model whose vectors it holds. */
final class Meanings {
  private static final Executor VIRTUAL = Thread::startVirtualThread;

  /** Such a part of the time is kept for looking by words, where the meaning is late. */
  private static final int FOR_WORDS = 4;

  private final Embedders embedders;

  Meanings(Embedders embedders) {
    this.embedders = embedders;
  }

  /** Whether a space holds vectors of a model that is no longer in use. */
  boolean isStale(VectorSpace space) {
    return space.embedded() && !space.model().equals(embedders.now().model());
  }

  /** What a collection of that space is to hold: vectors of the model in use, or its owner's. */
  VectorSpace next(VectorSpace space) {
    return space.embedded() ? space() : space;
  }

  /** The space of the model in use. */
  VectorSpace space() {
    return new VectorSpace(embedders.now().dimensions(), embedders.now().model(), true);
  }

  /**
   * The meaning of a question, none when it is not there in time or its model cannot be had any
   * more. A vector that came with the question is of the model in use and of no use in a stale
   * space.
   */
  Optional<Vector> of(Question question, VectorSpace space) {
    if (question.vector().isPresent() && !isStale(space)) {
      return question.vector();
    }
    if (question.vector().isPresent() && question.text().isBlank()) {
      return Optional.empty();
    }
    if (question.text().isBlank()) {
      throw Failure.invalid("text", "empty (expected a text or a vector)");
    }
    expectEmbedded(space, "vector");
    CompletableFuture<Optional<Vector>> meaning =
        CompletableFuture.supplyAsync(() -> of(question.text(), space), VIRTUAL)
            .completeOnTimeout(
                Optional.empty(), patience(question).toNanos(), TimeUnit.NANOSECONDS);
    try {
      return meaning.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof Failure failure ? failure : e;
    }
  }

  private static Duration patience(Question question) {
    Duration left = question.deadline().left();
    if (!question.asks(Leg.LEXICAL)) {
      return left;
    }
    return left.minus(left.dividedBy(FOR_WORDS));
  }

  private Optional<Vector> of(String text, VectorSpace space) {
    return embedders.of(space.model()).map(model -> model.embed(List.of(text)).getFirst());
  }

  /** Points with their vectors; in a stale space whose model is gone, found by their words only. */
  List<Point> embedded(VectorSpace space, List<Point> points) {
    boolean stale = isStale(space);
    List<Integer> bare = new ArrayList<>();
    List<Point> ready = new ArrayList<>(points);
    for (int i = 0; i < points.size(); i++) {
      Point point = points.get(i);
      boolean useless = stale && !point.text().isBlank();
      if (point.vector().isPresent() && !useless) {
        continue;
      }
      expectEmbedded(space, "points[" + i + "].vector");
      if (point.text().isBlank()) {
        throw Failure.invalid("points[" + i + "]", "neither text nor vector (expected one)");
      }
      ready.set(i, point.withoutVector());
      bare.add(i);
    }
    Optional<Embedder> model = bare.isEmpty() ? Optional.empty() : embedders.of(space.model());
    List<String> texts = bare.stream().map(i -> points.get(i).text()).toList();
    List<Vector> meanings = model.map(it -> it.embed(texts)).orElse(List.of());
    for (int i = 0; i < meanings.size(); i++) {
      ready.set(bare.get(i), ready.get(bare.get(i)).with(meanings.get(i)));
    }
    return ready;
  }

  private static void expectEmbedded(VectorSpace space, String field) {
    if (!space.embedded()) {
      throw Failure.invalid(
          field,
          "empty (expected " + space.dimensions() + " numbers of model " + space.model() + ")");
    }
  }
}
