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

  /** Whether it is the rest of an open one on the page before: it does not begin as they do. */
  boolean goesOnFrom(Sentence before) {
    Part first = parts.getFirst();
    Part last = before.parts.getLast();
    boolean small = Character.isLowerCase(first.page().text().codePointAt(first.start()));
    boolean comma = ",-".indexOf(last.page().text().charAt(last.end() - 1)) >= 0;
    return last.page().number() != first.page().number() && (small || comma);
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
