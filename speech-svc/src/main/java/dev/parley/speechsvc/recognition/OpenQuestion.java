package dev.parley.speechsvc.recognition;

import java.util.List;
import java.util.Set;

/**
 * English questions that end in a word which would ask for more elsewhere, because their question
 * word has taken the place of what would follow: "where are you from", "what music you like", "what
 * your name is".
 */
final class OpenQuestion {

  private static final Set<String> THINGS = Set.of("what", "which", "who", "whom", "whose");
  private static final Set<String> OTHERS = Set.of("where", "how", "when", "why");
  private static final Set<String> PRONOUNS = Set.of("i", "you", "he", "she", "it", "we", "they");

  /** Words that show that somebody, or something, is spoken of. */
  private static final Set<String> SUBJECTS =
      Set.of(
          "i",
          "you",
          "he",
          "she",
          "it",
          "we",
          "they",
          "people",
          "everybody",
          "that",
          "this",
          "the",
          "my",
          "your",
          "his",
          "her",
          "its",
          "our",
          "their",
          "to");

  private static final Set<String> VERBS = Set.of("like", "do", "mean");
  private static final Set<String> VERBS_THAT_MAY_GO_ON =
      Set.of("want", "need", "make", "get", "take", "have");
  private static final Set<String> PREPOSITIONS = Set.of("from", "for", "about");
  private static final Set<String> PREPOSITIONS_THAT_MAY_GO_ON =
      Set.of("in", "on", "at", "with", "by", "to", "of", "after", "near", "over");
  private static final Set<String> COPULAS = Set.of("is", "are", "was", "were", "am");

  private OpenQuestion() {}

  /** Judges words of which the last would ask for more. */
  static Completeness judge(List<String> words) {
    int asks = words.size() - 2;
    while (asks >= 0 && !THINGS.contains(words.get(asks)) && !OTHERS.contains(words.get(asks))) {
      asks--;
    }
    var between = words.subList(asks + 1, words.size() - 1);
    if (asks < 0 || between.stream().noneMatch(SUBJECTS::contains)) {
      return Completeness.OPEN;
    }
    boolean reported = asks > 0;
    return judge(words.get(asks), words.get(words.size() - 2), words.getLast(), reported);
  }

  private static Completeness judge(String asks, String before, String last, boolean reported) {
    boolean thing = THINGS.contains(asks);
    boolean bound = PRONOUNS.contains(before) || before.endsWith("ing") || before.endsWith("ed");
    boolean stranded = bound && (thing || asks.equals("where"));
    boolean named = reported && thing && !PRONOUNS.contains(before);
    if (thing && VERBS.contains(last)
        || stranded && PREPOSITIONS.contains(last)
        || named && COPULAS.contains(last)) {
      return Completeness.WHOLE;
    }
    boolean perhaps =
        thing && VERBS_THAT_MAY_GO_ON.contains(last)
            || stranded && PREPOSITIONS_THAT_MAY_GO_ON.contains(last)
            || reported && COPULAS.contains(last);
    return perhaps ? Completeness.UNSURE : Completeness.OPEN;
  }
}
