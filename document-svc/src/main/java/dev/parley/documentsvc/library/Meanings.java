package dev.parley.documentsvc.library;

import dev.parley.kit.identity.Owner;
import java.util.List;

/** The embedding model. Thread-safe; fails with UNAVAILABLE. */
public interface Meanings {
  /** Vectors of length 1, in the order of the texts. */
  List<float[]> embed(Owner owner, List<String> texts);

  /** For each text the first character of each token, rising. */
  List<int[]> tokenize(Owner owner, List<String> texts);
}
