package dev.parley.documentsvc.library;

import dev.parley.kit.failure.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Orders the best results again by a cross-encoder: at least {@value #LEAST} of them, so that one
 * that fusion placed low can rise, and always all that are shown.
 */
final class Reranking {
  /** What is left out when the cross-encoder does not answer in time. */
  static final String NAME = "rerank";

  private static final int LEAST = 32;
  private static final System.Logger LOG = System.getLogger("parley.document");

  private final Judge judge;

  Reranking(Judge judge) {
    this.judge = judge;
  }

  /** As many as were wanted; in the order they came where the judge is late or there is none. */
  Search.Answer of(Search.Question asked, Search.Answer found, Duration left) {
    int judged = Math.min(found.results().size(), Math.max(asked.limit(), LEAST));
    List<Search.Result> best = found.results().subList(0, judged);
    if (best.isEmpty()) {
      return found;
    }
    try {
      List<Float> scores =
          judge.scores(
              asked.owner(), asked.text(), best.stream().map(Reranking::text).toList(), left);
      return scores.isEmpty() ? found : new Search.Answer(ordered(best, scores), found.leftOut());
    } catch (Failure e) {
      if (e.code() == Failure.Code.CANCELLED) {
        throw e;
      }
      LOG.log(System.Logger.Level.DEBUG, "not reranked", e);
      List<String> leftOut = new ArrayList<>(found.leftOut());
      leftOut.add(NAME);
      return new Search.Answer(found.results(), leftOut);
    }
  }

  /** The headings above a passage say what it is about. */
  private static String text(Search.Result it) {
    List<String> headings = it.chunk().headings();
    String path = headings.isEmpty() ? "" : String.join(" > ", headings) + "\n";
    return path + it.chunk().text();
  }

  private static List<Search.Result> ordered(List<Search.Result> results, List<Float> scores) {
    List<Search.Result> judged = new ArrayList<>();
    for (int i = 0; i < results.size(); i++) {
      judged.add(results.get(i).judged(scores.get(i)));
    }
    judged.sort(Comparator.comparingDouble(it -> -it.score()));
    return judged;
  }
}
