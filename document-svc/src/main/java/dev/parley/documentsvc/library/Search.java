package dev.parley.documentsvc.library;

import dev.parley.kit.failure.Failure;
import dev.parley.kit.identity.Owner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds passages that answer a question. The index finds, the store decides: a passage counts only
 * while it is a live one of a document that fits, so that what was changed or removed a moment ago
 * is right at once. Both places are fused by their reciprocal ranks, 1/(60 + place) each (Cormack,
 * Clarke and Büttcher, 2009). Thread-safe.
 */
public final class Search {
  private static final int K = 60;
  private static final int MOST = 1000;
  private static final int AHEAD = 4;

  /** A question. */
  public record Question(
      Owner owner,
      String text,
      Filter filter,
      int limit,
      PassageIndex.Mode mode,
      boolean keepDuplicates,
      boolean rerank,
      Duration deadline) {}

  /**
   * A passage that was found.
   *
   * @param score what orders the results
   * @param fused reciprocal rank fusion of both places
   * @param reranked what the cross-encoder says; 0 where there is none
   * @param duplicates near-duplicates that it stands for
   */
  public record Result(
      Document document,
      Chunk chunk,
      PassageIndex.Hit hit,
      double score,
      double fused,
      double reranked,
      int duplicates) {
    Result standingFor(int more) {
      return new Result(document, chunk, hit, score, fused, reranked, more);
    }

    Result judged(double by) {
      return new Result(document, chunk, hit, by, fused, by, duplicates);
    }
  }

  /**
   * What was found.
   *
   * @param leftOut what did not answer in time
   */
  public record Answer(List<Result> results, List<String> leftOut) {}

  private final DocumentStore documents;
  private final PassageStore passages;
  private final PassageIndex index;
  private final Reranking reranking;

  /** Over stores, an index and a cross-encoder, which need not be there. */
  public Search(DocumentStore documents, PassageStore passages, PassageIndex index, Judge judge) {
    this.documents = documents;
    this.passages = passages;
    this.index = index;
    this.reranking = new Reranking(judge);
  }

  /** Answers within the deadline, with less when it must. */
  public Answer find(Question asked) {
    long begun = System.nanoTime();
    Answer found = found(asked);
    Duration left = asked.deadline().minusNanos(System.nanoTime() - begun);
    Answer best = asked.rerank() ? reranking.of(asked, found, left) : found;
    List<Result> shown = best.results();
    return new Answer(shown.subList(0, Math.min(asked.limit(), shown.size())), best.leftOut());
  }

  private Answer found(Question asked) {
    String organisation = asked.owner().organisationId();
    List<String> only = asked.filter().documents();
    if (asked.filter().asksForDescription()) {
      List<String> fit = documents.ids(organisation, asked.filter(), MOST + 1);
      if (fit.isEmpty()) {
        return new Answer(List.of(), List.of());
      }
      only = fit.size() > MOST ? only : fit;
    }
    boolean thinned = only.isEmpty() && asked.filter().asksForDescription();
    int wanted = thinned ? MOST : Math.min(MOST, AHEAD * asked.limit() + 20);
    PassageIndex.Found found = query(asked, only, wanted);
    Set<String> ids =
        found.hits().stream()
            .map(PassageIndex.Hit::chunkId)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    Map<String, PassageStore.Placed> live = passages.live(organisation, asked.filter(), ids);
    List<Result> results = new ArrayList<>();
    for (PassageIndex.Hit hit : found.hits()) {
      if (live.containsKey(hit.chunkId())) {
        results.add(result(live.get(hit.chunkId()), hit, asked.mode()));
      }
    }
    results.sort((a, b) -> Double.compare(b.score(), a.score()));
    List<Result> shown = asked.keepDuplicates() ? results : Duplicates.folded(results);
    return new Answer(shown, found.leftOut());
  }

  private PassageIndex.Found query(Question asked, List<String> only, int wanted) {
    try {
      return index.query(
          asked.owner(),
          asked.text(),
          asked.mode(),
          asked.filter(),
          only,
          wanted,
          asked.deadline());
    } catch (Failure e) {
      if (e.code() != Failure.Code.DEADLINE_EXCEEDED) {
        throw e;
      }
      return new PassageIndex.Found(List.of(), List.of("dense", "lexical"));
    }
  }

  private static Result result(
      PassageStore.Placed placed, PassageIndex.Hit hit, PassageIndex.Mode mode) {
    double fused = share(hit.denseRank()) + share(hit.lexicalRank());
    double score =
        switch (mode) {
          case HYBRID -> fused;
          case DENSE -> hit.cosine();
          case LEXICAL -> hit.bm25();
        };
    return new Result(placed.document(), placed.chunk(), hit, score, fused, 0, 0);
  }

  private static double share(int rank) {
    return rank == 0 ? 0 : 1.0 / (K + rank);
  }
}
