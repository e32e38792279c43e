package dev.parley.orchestrator.grounded;

/**
 * A sentence of an answer.
 *
 * @param text as it is spoken
 * @param number of the source it comes from; 0 where it comes from none
 * @param quote the sentence of the source, word for word; empty where there is no source
 */
record Saying(String text, int number, String quote) {
  /** Words of its own. */
  static Saying own(String text) {
    return new Saying(text, 0, "");
  }

  /** A sentence of a source, spoken without its line breaks. */
  static Saying quoting(int number, String sentence) {
    return new Saying(sentence.replaceAll("\\s+", " "), number, sentence);
  }
}
