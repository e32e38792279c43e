package dev.parley.memorysvc.recollection;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Cuts a long text into passages that an embedding model reads to their end. */
final class Passages {
  /** About 200 tokens of English; the default model reads 256. */
  static final int LONGEST = 800;

  /** Of a very long text the beginning is indexed. */
  static final int MOST = 16;

  private Passages() {}

  /** Passages of whole sentences where they fit, none for a blank text. */
  static List<String> of(String text) {
    List<String> passages = new ArrayList<>();
    StringBuilder passage = new StringBuilder();
    for (String sentence : sentences(text)) {
      if (!passage.isEmpty() && passage.length() + sentence.length() > LONGEST) {
        add(passages, passage);
      }
      passage.append(sentence);
      if (passages.size() == MOST) {
        return passages;
      }
    }
    add(passages, passage);
    return passages;
  }

  private static void add(List<String> passages, StringBuilder passage) {
    if (!passage.toString().isBlank() && passages.size() < MOST) {
      passages.add(passage.toString().strip());
    }
    passage.setLength(0);
  }

  /** Sentences, very long ones cut. */
  static List<String> sentences(String text) {
    List<String> sentences = new ArrayList<>();
    BreakIterator breaks = BreakIterator.getSentenceInstance(Locale.ROOT);
    breaks.setText(text);
    int start = breaks.first();
    for (int end = breaks.next(); end != BreakIterator.DONE; start = end, end = breaks.next()) {
      for (int from = start; from < end; from += LONGEST) {
        sentences.add(text.substring(from, Math.min(end, from + LONGEST)));
      }
    }
    return sentences;
  }
}
