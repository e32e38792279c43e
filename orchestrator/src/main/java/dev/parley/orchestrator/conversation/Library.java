package dev.parley.orchestrator.conversation;

import dev.parley.kit.identity.Owner;
import java.time.Duration;
import java.util.List;

/** Documents that characters have read. Thread-safe; blocks at most for the deadline given. */
public interface Library {
  /**
   * What was found.
   *
   * @param passages best first
   * @param leftOut ways of looking that did not answer in time; empty when the answer is whole
   */
  record Findings(List<Passage> passages, List<String> leftOut) {
    /** Nothing. */
    public static final Findings NONE = new Findings(List.of(), List.of());

    public Findings {
      passages = List.copyOf(passages);
      leftOut = List.copyOf(leftOut);
    }

    /** Whether it says nothing of what is in the documents: a way was late and none found any. */
    public boolean isUnknown() {
      return passages.isEmpty() && !leftOut.isEmpty();
    }
  }

  /**
   * Passages that fit, in documents of these collections only. Fails with UNAVAILABLE or
   * DEADLINE_EXCEEDED.
   */
  Findings search(
      Owner owner, List<String> collectionIds, String query, int limit, Duration deadline);
}
