package dev.parley.orchestrator.conversation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The reply of a turn and when its words are spoken; decides what of it was heard. Not thread-safe.
 */
final class Script {
  private final StringBuilder text = new StringBuilder();
  private final List<Word> words = new ArrayList<>();

  void append(String piece) {
    text.append(piece);
  }

  void add(Word word) {
    words.add(word);
  }

  int length() {
    return text.length();
  }

  String text() {
    return text.toString();
  }

  List<Word> words() {
    return List.copyOf(words);
  }

  /**
   * When that part of the text is spoken; empty while voice for its last word may still come, or
   * where no word of it is spoken.
   */
  Optional<Span> spoken(int start, int end) {
    List<Word> within =
        words.stream().filter(w -> w.textStart() < end && w.textEnd() > start).toList();
    if (within.isEmpty() || !voicedTo(end)) {
      return Optional.empty();
    }
    return Optional.of(
        new Span(within.getFirst().span().startUs(), within.getLast().span().endUs()));
  }

  /** Whether no word before there waits for its voice. */
  private boolean voicedTo(int end) {
    int voiced = Math.min(end, words.getLast().textEnd());
    return text.substring(voiced, end).chars().noneMatch(java.lang.Character::isLetterOrDigit);
  }

  /** How many words ended by then. */
  int heardWords(long untilUs) {
    int heard = 0;
    while (heard < words.size() && words.get(heard).span().endUs() <= untilUs) {
      heard++;
    }
    return heard;
  }

  /** Where the text that was heard ends: after the last word that ended by then. */
  int heardEnd(long untilUs) {
    int heard = heardWords(untilUs);
    if (heard == 0) {
      return 0;
    }
    boolean all = heard == words.size() && text.substring(words.getLast().textEnd()).length() <= 2;
    return all ? text.length() : Math.min(text.length(), words.get(heard - 1).textEnd());
  }
}
