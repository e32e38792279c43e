package dev.parley.documentsvc.library;

import java.util.ArrayList;
import java.util.List;

/**
 * A sentence, or a line that is none.
 *
 * @param parts where it stands; two where it goes over a page
 * @param heading whether it is a heading
 */
record Sentence(List<Part> parts, boolean heading) {
  int tokens() {
    return parts.stream().mapToInt(Part::tokens).sum();
  }

  /** Whether the next page may go on with it: it does not end as sentences do. */
  boolean isOpen() {
    Part last = parts.getLast();
    int end = last.page().text().codePointBefore(last.end());
    return !heading && !isEnd(end);
  }

  /** This sentence and what the next page adds to it. */
  Sentence with(Sentence more) {
    List<Part> both = new ArrayList<>(parts);
    both.addAll(more.parts());
    return new Sentence(both, false);
  }

  private static boolean isEnd(int it) {
    return ".!?:;…。！？\"”’»)]|".indexOf(it) >= 0;
  }
}
