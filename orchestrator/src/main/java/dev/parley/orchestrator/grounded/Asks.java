package dev.parley.orchestrator.grounded;

import java.util.regex.Pattern;

/** What kind of answer a question wants, told by its first words. */
enum Asks {
  WHY("\\b(because|so that|since)\\b"),
  HOW_OLD("\\b(years old|years?)\\b"),
  HOW("\\b(by|with|begin with|start with|because|once you|slowly)\\b"),
  WHERE("\\b(in|near|on|at|under|by|above) (a|the|my)\\b"),
  WHEN("\\b(\\d{4}|morning|night|evening|evenings|ago|when|years)\\b"),
  WHO("\\b(called|named|friend|by an?|mother|father|wife|brother)\\b"),
  WHAT("");

  private final Pattern sign;

  Asks(String sign) {
    this.sign = Pattern.compile(sign);
  }

  /** Whether a sentence has the form of such an answer. */
  boolean fits(String sentence) {
    return this != WHAT && sign.matcher(sentence).find();
  }

  /** What a text asks for. */
  static Asks of(String text) {
    if (text.matches(".*\\bhow old\\b.*")) {
      return HOW_OLD;
    }
    for (Asks it : values()) {
      if (text.matches(".*\\b" + it.name().toLowerCase(java.util.Locale.ROOT) + "\\b.*")) {
        return it;
      }
    }
    return WHAT;
  }
}
