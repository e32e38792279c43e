package dev.parley.documentsvc.library;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Cuts the text of pages into sentences, none longer than a number of tokens. */
final class Sentences {
  private final BreakIterator breaks;
  private final int maxTokens;

  /**
   * Cuts by the rules of a language.
   *
   * @param language BCP 47
   */
  Sentences(String language, int maxTokens) {
    this.breaks = BreakIterator.getSentenceInstance(Locale.forLanguageTag(language));
    this.maxTokens = maxTokens;
  }

  /**
   * Sentences of a part of a page.
   *
   * @param starts first characters of the tokens of the page's text, rising
   */
  List<Sentence> of(Page page, int[] starts, int from, int to) {
    List<Sentence> found = new ArrayList<>();
    String text = page.text();
    int begin = from;
    while (begin < to) {
      int blank = text.indexOf("\n\n", begin);
      int end = blank < 0 || blank > to ? to : blank;
      paragraph(page, starts, begin, end, found);
      begin = end + 2;
    }
    return found;
  }

  private void paragraph(Page page, int[] starts, int from, int to, List<Sentence> found) {
    breaks.setText(page.text().substring(from, to));
    int start = breaks.first();
    for (int end = breaks.next(); end != BreakIterator.DONE; start = end, end = breaks.next()) {
      pieces(page, starts, from + start, from + end, found);
    }
  }

  /** One sentence, or several where it is too long for one passage. */
  private void pieces(Page page, int[] starts, int from, int to, List<Sentence> found) {
    String text = page.text();
    int start = skip(text, from, to);
    while (start < to) {
      int first = at(starts, start);
      int end =
          first + maxTokens < at(starts, to) ? cut(text, start, starts[first + maxTokens]) : to;
      int last = trim(text, start, end);
      if (last > start) {
        Part part = new Part(page, start, last, at(starts, last) - first);
        found.add(new Sentence(List.of(part), false));
      }
      start = skip(text, end, to);
    }
  }

  /** The last blank before a limit, or the limit where there is none for long. */
  private static int cut(String text, int from, int limit) {
    for (int at = limit; at > from + (limit - from) / 2; at--) {
      if (Character.isWhitespace(text.charAt(at))) {
        return at;
      }
    }
    return Character.isLowSurrogate(text.charAt(limit)) ? limit + 1 : limit;
  }

  /** How many tokens begin before a character. */
  static int at(int[] starts, int character) {
    int found = Arrays.binarySearch(starts, character);
    if (found < 0) {
      return -found - 1;
    }
    while (found > 0 && starts[found - 1] == character) {
      found--;
    }
    return found;
  }

  private static int skip(String text, int from, int to) {
    int at = from;
    while (at < to && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private static int trim(String text, int from, int to) {
    int at = to;
    while (at > from && Character.isWhitespace(text.charAt(at - 1))) {
      at--;
    }
    return at;
  }
}
