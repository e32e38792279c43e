package dev.parley.memorysvc.embedding;

import java.util.List;

/** Where a model sees the tokens of a text. Safe for use by many threads. */
public interface Tokenizer {

  /** Tokens that the model reads of one text; those beyond are cut. */
  int longest();

  /**
   * For each text the first character of each of its tokens, rising, in UTF-16 code units. All
   * tokens, also those beyond {@link #longest()}; marks that the model adds are not among them.
   *
   * @throws dev.parley.kit.failure.Failure when the tokenizer cannot be run
   */
  List<int[]> starts(List<String> texts);
}
