package dev.parley.orchestrator.conversation;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Cuts a stream of tokens into phrases that can be spoken while the rest is still being thought.
 *
 * <p>A phrase ends after a sentence mark followed by a blank; the first phrase may end at a comma
 * already, once it has a few words, or before a word that begins a clause of its own, so that the
 * voice begins early; no phrase is longer than 300 characters. Phrases joined give the text back,
 * character for character.
 */
public final class PhraseCutter {
  private static final int LONGEST = 300;
  private static final int SHORTEST_FIRST = 12;
  private static final int SHORTEST_CLAUSE = 24;
  private static final Pattern CLAUSE =
      Pattern.compile(
          "(because|but|while|although|which|so|and (i|i'm|you|we|they|he|she|it|there))\\s",
          Pattern.CASE_INSENSITIVE);
  private final StringBuilder pending = new StringBuilder();
  private boolean first = true;
  private int scanned;

  /** Phrases that became complete with this token, usually none. */
  public List<String> add(String token) {
    pending.append(token);
    List<String> phrases = new ArrayList<>(1);
    for (int end = boundary(); end > 0; end = boundary()) {
      phrases.add(take(end));
    }
    return phrases;
  }

  /** What is left at the end of the text; empty when nothing is. */
  public String rest() {
    return take(pending.length());
  }

  private String take(int end) {
    String phrase = pending.substring(0, end);
    pending.delete(0, end);
    scanned = 0;
    first &= phrase.isBlank();
    return phrase;
  }

  private int boundary() {
    for (int i = scanned; i + 1 < pending.length(); i++) {
      scanned = first ? 0 : i;
      if (newClause(i)) {
        return i + 1;
      }
      if (java.lang.Character.isWhitespace(pending.charAt(i + 1)) && endsPhrase(i)) {
        return i + 2;
      }
    }
    return pending.length() > LONGEST ? lastBlank() : 0;
  }

  /** Whether the blank there stands before a clause of its own, in a first phrase that is long. */
  private boolean newClause(int i) {
    return first
        && i >= SHORTEST_CLAUSE
        && pending.charAt(i) == ' '
        && CLAUSE.matcher(pending).region(i + 1, pending.length()).lookingAt();
  }

  private boolean endsPhrase(int i) {
    char c = pending.charAt(i);
    if (c == '\n') {
      return true;
    }
    if (".!?…。！？".indexOf(c) >= 0) {
      return c != '.' || !abbreviation(i);
    }
    return (first ? ",;:—" : ";:").indexOf(c) >= 0 && i >= SHORTEST_FIRST;
  }

  /** A single letter or a usual title before the point. */
  private boolean abbreviation(int dot) {
    int start = dot;
    while (start > 0 && java.lang.Character.isLetter(pending.charAt(start - 1))) {
      start--;
    }
    String word = pending.substring(start, dot);
    return (word.length() == 1 && !word.equals("I"))
        || List.of("Mr", "Mrs", "Ms", "Dr", "St", "vs", "etc", "Prof").contains(word);
  }

  private int lastBlank() {
    int blank = pending.lastIndexOf(" ", LONGEST);
    if (blank > 0) {
      return blank + 1;
    }
    boolean pair = java.lang.Character.isHighSurrogate(pending.charAt(LONGEST - 1));
    return pair ? LONGEST - 1 : LONGEST;
  }
}
