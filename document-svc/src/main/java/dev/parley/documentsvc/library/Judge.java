package dev.parley.documentsvc.library;

import dev.parley.kit.identity.Owner;
import java.time.Duration;
import java.util.List;

/** A cross-encoder, which reads a question and a passage together. Thread-safe. */
public interface Judge {
  /**
   * How well each text answers the question, 0 to 1, in order; none where there is no
   * cross-encoder. Fails with DEADLINE_EXCEEDED, UNAVAILABLE.
   */
  List<Float> scores(Owner owner, String question, List<String> texts, Duration deadline);
}
