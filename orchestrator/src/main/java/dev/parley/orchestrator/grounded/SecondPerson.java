package dev.parley.orchestrator.grounded;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns what a person said about themselves into what is said to them: "my dog" to "your dog". */
final class SecondPerson {
  private static final Map<String, String> SWAP =
      Map.ofEntries(
          Map.entry("i am", "you are"),
          Map.entry("i was", "you were"),
          Map.entry("i'm", "you're"),
          Map.entry("i've", "you've"),
          Map.entry("i'd", "you'd"),
          Map.entry("i'll", "you'll"),
          Map.entry("i", "you"),
          Map.entry("me", "you"),
          Map.entry("my", "your"),
          Map.entry("mine", "yours"),
          Map.entry("myself", "yourself"),
          Map.entry("you are", "I am"),
          Map.entry("you're", "I'm"),
          Map.entry("your", "my"),
          Map.entry("yours", "mine"),
          Map.entry("you", "me"));
  private static final Pattern WORD =
      Pattern.compile(
          "(?i)\\b(?:i am|i was|i'm|i've|i'd|i'll|i|myself|my|mine|me|you are|you're|yours|your"
              + "|you)\\b(?!')");
  private static final Pattern LEAD =
      Pattern.compile("(?i)^(?:(?:well|so|yes|no|and|but|actually|oh|also)[, ]+)+");

  private SecondPerson() {}

  /** A clause to put after "that", without a full stop. */
  static String clause(String said) {
    String text = LEAD.matcher(said.strip().replace('\u2019', '\'')).replaceFirst("");
    text = text.replaceFirst("[\\s.!?]+$", "");
    var swapped = new StringBuilder();
    Matcher words = WORD.matcher(text);
    while (words.find()) {
      String other = SWAP.get(words.group().toLowerCase(java.util.Locale.ROOT));
      words.appendReplacement(swapped, Matcher.quoteReplacement(other));
    }
    words.appendTail(swapped);
    return swapped.toString();
  }
}
