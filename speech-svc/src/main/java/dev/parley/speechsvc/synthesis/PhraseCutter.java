package dev.parley.speechsvc.synthesis;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Set;

/**
 * Cuts any text into phrases that a voice can take: words of at most {@value #MAX_WORD} characters
 * and phrases of at most {@value #MAX_PHRASE}, broken after sentences first, after clauses when
 * they grow long, anywhere at the limit. The very first phrase ends at its first clause, so that it
 * is heard sooner. Lazy: a phrase is cut when it is asked for. One thread.
 */
public final class PhraseCutter implements Iterator<Phrase> {

  /** Most characters given to a voice as one word; flite's cost rises faster than the length. */
  public static final int MAX_WORD = 64;

  /** Most characters given to a voice at once; a native call cannot be stopped. */
  public static final int MAX_PHRASE = 300;

  /** Most characters of one written word that are spoken; the rest is skipped and reported. */
  static final int MAX_WRITTEN = 4 * MAX_WORD;

  private static final int CLAUSE = 120;
  private static final int FIRST_CLAUSE = 30;
  private static final int MAX_SKIPS = 64;
  private static final Set<String> ABBREVIATIONS =
      Set.of("mr.", "mrs.", "ms.", "dr.", "prof.", "st.", "vs.", "e.g.", "i.e.", "jr.", "sr.");

  private final String text;
  private final List<PhraseWord> words = new ArrayList<>();
  private final List<Skipped> skipped = new ArrayList<>();
  private final List<PhraseWord> pending = new ArrayList<>();
  private int at;
  private int length;
  private boolean first = true;

  public PhraseCutter(String text) {
    this.text = text;
  }

  @Override
  public boolean hasNext() {
    if (words.isEmpty() && skipped.isEmpty()) {
      fill();
    }
    return !words.isEmpty() || !skipped.isEmpty();
  }

  @Override
  public Phrase next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    var phrase = new Phrase(words, skipped);
    first = first && words.isEmpty();
    words.clear();
    skipped.clear();
    length = 0;
    return phrase;
  }

  private void fill() {
    while (skipped.size() < MAX_SKIPS) {
      if (pending.isEmpty() && !readWord()) {
        return;
      }
      while (!pending.isEmpty()) {
        var word = pending.getFirst();
        if (length + word.spoken().length() + 1 > MAX_PHRASE) {
          return;
        }
        words.add(pending.removeFirst());
        length += word.spoken().length() + 1;
        if (endsPhrase(word)) {
          return;
        }
      }
    }
  }

  private boolean endsPhrase(PhraseWord word) {
    var spoken = word.spoken();
    int last = spoken.length() - 1;
    while (last > 0 && "\"')]}".indexOf(spoken.charAt(last)) >= 0) {
      last--;
    }
    char end = spoken.charAt(last);
    if (end == '.' || end == '!' || end == '?') {
      return !ABBREVIATIONS.contains(spoken.toLowerCase(Locale.ROOT));
    }
    return length > (first ? FIRST_CLAUSE : CLAUSE) && (end == ',' || end == ';' || end == ':');
  }

  /** Reads one written word into {@code pending} or {@code skipped}; false at the end. */
  private boolean readWord() {
    while (at < text.length() && blank(text.charAt(at))) {
      at++;
    }
    if (at >= text.length()) {
      return false;
    }
    int tag = Markup.end(text, at);
    if (tag > at) {
      skip(at, tag, Skipped.Reason.MARKUP);
      at = tag;
      return true;
    }
    int start = at;
    while (at < text.length() && !breaksWord(start)) {
      at++;
    }
    take(start, at);
    return true;
  }

  private boolean breaksWord(int start) {
    char c = text.charAt(at);
    return blank(c)
        || (c == '<' && Markup.end(text, at) > at)
        || (at > start && (text.charAt(at - 1) == '\u2014' || text.charAt(at - 1) == '\u2026'));
  }

  private static boolean blank(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c);
  }

  private void take(int start, int end) {
    int limit = Math.min(end, start + MAX_WRITTEN);
    var spoken = Spelling.ascii(text.substring(start, limit));
    if (Spelling.speakable(spoken)) {
      var written = text.substring(start, limit);
      for (var piece : Spelling.pieces(spoken, MAX_WORD)) {
        pending.add(new PhraseWord(start, limit, written, piece));
      }
    } else if (spoken.isEmpty() || limit - start > spoken.length() + 1) {
      skip(start, limit, Skipped.Reason.UNSPEAKABLE);
    }
    if (limit < end) {
      skip(limit, end, Skipped.Reason.TOO_LONG);
    }
  }

  /** Neighbours with one reason and nothing but blanks between them are reported as one. */
  private void skip(int start, int end, Skipped.Reason reason) {
    if (!skipped.isEmpty()) {
      var last = skipped.getLast();
      if (last.reason() == reason && text.substring(last.end(), start).isBlank()) {
        skipped.set(skipped.size() - 1, new Skipped(last.start(), end, reason));
        return;
      }
    }
    skipped.add(new Skipped(start, end, reason));
  }
}
