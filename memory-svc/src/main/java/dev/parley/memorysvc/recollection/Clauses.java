package dev.parley.memorysvc.recollection;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts what a person said into clauses in which they plainly tell something of themselves. Left out
 * are questions, conditions, wishes, doubts, what others said, quotations, and all that follows a
 * request to write, repeat, translate or play something: what stands there is no fact about them.
 */
final class Clauses {
  private static final Pattern QUOTED =
      Pattern.compile(
          "[\"\u201c\u201d\u00ab\u00bb][^\"\u201c\u201d\u00ab\u00bb]*[\"\u201c\u201d\u00ab\u00bb]|`[^`]*`|(?<!\\w)'[^']{3,}'(?!\\w)");

  /** From here on nothing is believed. */
  private static final Pattern STAGED =
      Pattern.compile(
          "(?i)\\b(?:translate|repeat|recite|pretend|imagine|role-?play|write|rewrite|compose|draft"
              + "|summari[sz]e|proofread|spell|quote|lyrics|poem|story|novel|joke|act as|ignore|disregard"
              + "|forget (?:your|all|the|everything|what)|your rules|system|assistant|user|instructions?|prompt|override|from now on|new rule|read (?:this|that|aloud|the)"
              + "|how do (?:you|i) say|the (?:document|text|page|book|email|letter|note) (?:says|reads|said)"
              + "|let's (?:say|play|pretend)|play a game|say after me|in the (?:game|book|movie|film|play|show|dream)"
              + "|in my dream|my character|i play (?:a|the) (?:character|role|part))\\b|<[a-z/]|\\[/?inst");

  /** In a sentence with one of these nothing is certain, or somebody else speaks. */
  private static final Pattern UNSURE =
      Pattern.compile(
          "(?i)\\b(?:if|unless|whether|suppose|supposing|assume|assuming|would|could|might|maybe|perhaps"
              + "|possibly|hypothetically|wish|wished|hope|as though|almost|nearly"
              + "|said|says|told|telling|saying|say|tells|asked|asks|thinks|thought|think|believes|claims|according"
              + "|heard|dreamed|dreamt|dream|joking|kidding|lied|lying|lie|supposedly|apparently"
              + "|not sure|don't know|can't remember|forgot|until|by the time|used to think)\\b");

  private static final Pattern LEAD =
      Pattern.compile(
          "(?i)^(?:(?:well|so|yes|yeah|yep|no|nope|and|but|oh|ah|hi|hello|hey|there|actually|also|anyway|okay|ok"
              + "|right|basically|honestly|frankly|sure|thanks|thank you|fine|great|good morning|good evening"
              + "|by the way|to be honest|as you know|you know|you should know|you see|i mean|in fact"
              + "|because|since|that|then|plus|um|uh|er|hmm|personally|these days|nowadays|at the moment|currently"
              + "|(?:as )?i(?:'ve| have)? (?:already )?told you(?: before)?(?: that)?"
              + "|(?:please |can you |do )?(?:remember|note|don't forget|keep in mind)(?: that)?"
              + "|for your information|fun fact|guess what|unlike \\w+|like \\w+)\\b[,:\\s]*)+");

  private static final Pattern CUT =
      Pattern.compile(
          "(?i)\\s*[;\u2014]\\s*|\\s+-\\s+|,?\\s+(?:and|but|so|because|although|though|while|since)\\s+"
              + "(?=(?:i|i'm|i've|i'll|my|we|we're|also|call|that|he|she|they|it|you)\\b)"
              + "|,\\s+(?=(?:i|i'm|i've|i'll|my|we|we're|you|he|she|they|it|what|how|which|who|where|please|though|don't|isn't)\\b)"
              + "|\\s+(?=my name is\\b|i live in\\b|i work (?:as|for|at)\\b)");

  private static final Pattern TRAIL =
      Pattern.compile(
          "(?i)(?:,? (?:by the way|you know|actually|now|though|to be honest|as well|too|please|thanks))?"
              + "[\\s.!,:]*$");

  private static final Pattern GREETING = Pattern.compile("(?i)^(?:hi|hello|hey)(?: there)?\\b.*");

  private Clauses() {}

  /**
   * A clause without the little words before it.
   *
   * @param text it
   * @param greeted whether it came with a greeting, so that a name may follow
   */
  record Clause(String text, boolean greeted) {}

  static List<Clause> of(String said) {
    String text =
        QUOTED.matcher(said.replace('\u2019', '\'').replace('\u2018', '\'')).replaceAll(" ~ ");
    Matcher staged = STAGED.matcher(text);
    String believed = staged.find() ? text.substring(0, sentenceStart(text, staged.start())) : text;
    List<Clause> clauses = new ArrayList<>();
    for (String sentence : sentences(believed)) {
      if (!sentence.contains("~") && !Question.is(sentence) && !unsure(sentence)) {
        clausesOf(sentence, clauses);
      }
    }
    return clauses;
  }

  /** The little words before a clause may hold what else makes a sentence unsure. */
  private static boolean unsure(String sentence) {
    return UNSURE.matcher(LEAD.matcher(sentence).replaceFirst("")).find();
  }

  private static void clausesOf(String sentence, List<Clause> clauses) {
    boolean greeted = GREETING.matcher(sentence).matches();
    for (String piece : CUT.split(sentence)) {
      String clause = LEAD.matcher(piece.strip()).replaceFirst("").strip();
      clause = TRAIL.matcher(clause).replaceFirst("");
      if (!clause.isEmpty() && !Question.is(clause)) {
        clauses.add(new Clause(clause, greeted));
      }
    }
  }

  private static int sentenceStart(String text, int within) {
    BreakIterator breaks = BreakIterator.getSentenceInstance(Locale.ROOT);
    breaks.setText(text);
    return within == 0 ? 0 : Math.max(0, breaks.preceding(within + 1));
  }

  private static List<String> sentences(String text) {
    List<String> sentences = new ArrayList<>();
    BreakIterator breaks = BreakIterator.getSentenceInstance(Locale.ENGLISH);
    breaks.setText(text);
    int start = breaks.first();
    for (int end = breaks.next(); end != BreakIterator.DONE; start = end, end = breaks.next()) {
      String sentence = text.substring(start, end).strip();
      if (!sentence.isEmpty()) {
        sentences.add(sentence);
      }
    }
    return sentences;
  }
}
