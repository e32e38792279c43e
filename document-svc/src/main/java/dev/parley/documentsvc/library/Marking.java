package dev.parley.documentsvc.library;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds where a passage, or a sentence of it, stands on a page. */
public final class Marking {
  private static final int LEAST = 8;

  private Marking() {}

  /**
   * The part of a page that holds a quote, compared by letters and digits only.
   *
   * @param within where the passage stands; looked at first
   */
  public static Optional<Span> find(Page page, String quote, List<Span> within) {
    Letters wanted = new Letters(quote, 0, quote.length());
    if (wanted.text.length() < Math.min(LEAST, quote.length())) {
      return Optional.empty();
    }
    for (Span span : within) {
      Optional<Span> found = find(page, wanted, span.start(), span.end());
      if (found.isPresent()) {
        return found;
      }
    }
    return find(page, wanted, 0, page.text().length());
  }

  private static Optional<Span> find(Page page, Letters wanted, int from, int to) {
    int end = Math.min(to, page.text().length());
    Letters text = new Letters(page.text(), Math.min(from, end), end);
    int at = text.text.indexOf(wanted.text.toString());
    if (at < 0 || wanted.text.isEmpty()) {
      return Optional.empty();
    }
    int last = text.places.get(at + wanted.text.length() - 1);
    return Optional.of(new Span(page.number(), page.label(), text.places.get(at), last + 1));
  }

  /** Letters and digits in lower case, and where each stands. */
  private static final class Letters {
    private final StringBuilder text = new StringBuilder();
    private final List<Integer> places = new ArrayList<>();

    Letters(String from, int start, int end) {
      for (int i = start; i < end; i++) {
        char c = from.charAt(i);
        if (Character.isLetterOrDigit(c) || Character.isSurrogate(c)) {
          text.append(Character.toLowerCase(c));
          places.add(i);
        }
      }
    }
  }

  /** Rectangles over the words of spans, one a line of the page. */
  public static List<Mark> marks(Page page, List<Span> spans) {
    List<Mark> marks = new ArrayList<>();
    for (WordBox word : page.layout().words()) {
      for (Span span : spans) {
        if (span.page() == page.number()
            && word.start() < span.end()
            && word.end() > span.start()) {
          add(marks, part(word, span));
          break;
        }
      }
    }
    return marks;
  }

  /** The part of a word that the span covers; its letters count as equally wide. */
  private static Mark part(WordBox word, Span span) {
    float length = word.end() - word.start();
    float from = Math.max(0, span.start() - word.start()) / length;
    float to = Math.min(length, span.end() - word.start()) / length;
    float x = word.x() + from * word.width();
    return new Mark(x, word.y(), (to - from) * word.width(), word.height());
  }

  private static void add(List<Mark> marks, Mark next) {
    Mark last = marks.isEmpty() ? new Mark(0, -1, 0, 0) : marks.getLast();
    boolean sameLine = Math.abs(last.y() - next.y()) < 0.5f * next.height();
    float gap = next.x() - (last.x() + last.width());
    if (!sameLine || gap < -0.005f || gap > 0.05f) {
      marks.add(next);
      return;
    }
    float y = Math.min(last.y(), next.y());
    float bottom = Math.max(last.y() + last.height(), next.y() + next.height());
    float right = Math.max(last.x() + last.width(), next.x() + next.width());
    marks.set(marks.size() - 1, new Mark(last.x(), y, right - last.x(), bottom - y));
  }
}
