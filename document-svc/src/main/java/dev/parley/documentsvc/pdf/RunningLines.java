package dev.parley.documentsvc.pdf;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * Finds running headers and footers: rows at the edge of a page that stand at the same height on at
 * least two of the {@value #REACH} pages before or after it, with the same words but for numbers.
 * Pages leave in order, as soon as the pages after them are known.
 */
final class RunningLines {
  private static final int REACH = 6;

  private final Deque<PageDraft> before = new ArrayDeque<>();
  private final Deque<PageDraft> waiting = new ArrayDeque<>();
  private final Consumer<PageDraft> out;
  private final int needed;

  /** Begins; a file of two pages has only one other page to compare with. */
  RunningLines(int pages, Consumer<PageDraft> out) {
    this.out = out;
    this.needed = pages == 2 ? 1 : 2;
  }

  void add(PageDraft page) {
    waiting.addLast(page);
    if (waiting.size() > REACH) {
      leave();
    }
  }

  void end() {
    while (!waiting.isEmpty()) {
      leave();
    }
  }

  private void leave() {
    PageDraft page = waiting.removeFirst();
    for (PageDraft.Edge edge : page.edges()) {
      if (count(edge, before) + count(edge, waiting) >= needed) {
        page.running().add(edge.row());
      }
    }
    before.addLast(page);
    if (before.size() > REACH) {
      before.removeFirst();
    }
    out.accept(page);
  }

  private static int count(PageDraft.Edge edge, Deque<PageDraft> pages) {
    int found = 0;
    for (PageDraft page : pages) {
      found += page.edges().stream().anyMatch(edge::isLike) ? 1 : 0;
    }
    return found;
  }
}
