package dev.parley.speechsvc.recognition;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** How English words so far sound: like a whole thought, like half of one, or one cannot tell. */
enum Completeness {
  WHOLE,
  UNSURE,
  OPEN;

  /** Connectives, prepositions, articles, possessives, subjects, auxiliaries, fillers. */
  private static final Set<String> ASK_FOR_MORE =
      words(
          """
          a an the and or but nor so because if when while although though unless until
          since than that which whose as whether to of in on at by for from with without
          about into onto between through during after before under over against near like
          except my your our their its his this these those every each some any no i we
          they he she i'm i'll i'd i've we're we'll they're you're you'll he's she's it's
          that's there's let's what's where's who's how's is are was were am be been being
          can could would should will shall may might must do does did don't doesn't
          didn't can't won't have has had very really quite just also maybe perhaps
          actually um uh er erm hmm well then want need make give put take get let tell
          show what how who mister doctor number one two three twenty thirty forty fifty
          hundred thousand
          """);

  /** With these before it, "you" is a subject that still has to do something. */
  private static final Set<String> BEFORE_YOU =
      words(
          """
          do can could would will did have should if when that think and what don't while
          because as where how
          """);

  /** Endings that a word above may have after all. */
  private static final List<String> WHOLE_ENDINGS =
      List.of(
          "tell me about it",
          "what is that",
          "who is that",
          "do that",
          "like that",
          "is this",
          "what is this",
          "i do",
          "i am",
          "i can",
          "i will",
          "yes i have",
          "i know that",
          "of course",
          "thank you very",
          "so what",
          "thank you",
          "guess what",
          "guess who",
          "you know what",
          "say no",
          "how do you do");

  private static final Set<String> WHOLE_ALONE =
      words(
          """
          yes no yeah yep nope okay ok sure right hello hi hey goodbye bye thanks stop
          continue nothing exactly absolutely sorry help why what who when where how one
          two three
          """);

  private static final int ENOUGH = 3;

  private static Set<String> words(String text) {
    return Set.of(text.strip().split("\\s+"));
  }

  /** Judges the words so far; no words at all are {@link #WHOLE}: there is nothing to wait for. */
  static Completeness of(String text) {
    var words = List.of(text.strip().toLowerCase(Locale.ROOT).split("\\s+"));
    var last = words.getLast();
    if (last.isEmpty()) {
      return WHOLE;
    }
    if (words.size() == 1) {
      return WHOLE_ALONE.contains(last) ? WHOLE : ASK_FOR_MORE.contains(last) ? OPEN : UNSURE;
    }
    var joined = " " + String.join(" ", words);
    if (WHOLE_ENDINGS.stream().anyMatch(ending -> joined.endsWith(" " + ending))) {
      return WHOLE;
    }
    boolean subject = last.equals("you") && BEFORE_YOU.contains(words.get(words.size() - 2));
    if (subject || ASK_FOR_MORE.contains(last)) {
      return subject ? OPEN : OpenQuestion.judge(words);
    }
    return words.size() < ENOUGH && !WHOLE_ALONE.contains(words.getFirst()) ? UNSURE : WHOLE;
  }
}
