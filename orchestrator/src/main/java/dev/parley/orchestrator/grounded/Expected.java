package dev.parley.orchestrator.grounded;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an answer must hold to answer a question of that shape: a time where "when" was asked, a
 * length where "how long" was asked. The words that ask are no topic of their own.
 */
enum Expected {
  MONEY(
      "how (?:much|high|expensive)(?= .*\\b(?:cost|rent|fee|price|deposit|salary|bonus|pay)s?\\b)"
          + "|what (?:does|do|did|may|can)(?= .*\\bcosts?\\b)",
      number("euros?|dollars?|pounds?|cents?|percent|months?|€|\\$|£")),
  DEGREES("how (?:hot|cold|warm)|(?:what|which) temperature", number("degrees?|°")),
  LENGTH(
      "how (?:high|tall|deep|wide|far)(?: away| off)?",
      number(
          "(?:kilo|centi|milli)?met(?:re|er)s?|(?:light |nautical )?(?:miles?|years?)|feet|inch(?:es)?"
              + "|km|cm|mm|m")),
  SIZE(
      "how (?:big|large)",
      number(
          "square \\w+|hectares?|acres?|litres?|liters?|(?:kilo|centi|milli)?met(?:re|er)s?|kilograms?|rooms?")),
  WEIGHT(
      "how heavy|how much (?=.*\\bweighs?\\b)",
      number("(?:kilo|milli)?grams?|tons?|tonnes?|pounds?|kg|g")),
  LOUDNESS("how (?:loud|noisy)", number("decibels?|db")),
  DURATION(
      "how long",
      number(
          "seconds?|minutes?|hours?|days?|weeks?|months?|years?|winters?|(?:kilo|centi|milli)?met(?:re|er)s?"
              + "|miles?|km|half an hour")),
  AGE("how old", number("years?|months?")),
  TIMES(
      "how often|how many times",
      "\\b(?:every|once|twice|thrice|daily|weekly|monthly|yearly|times|each|never|per)\\b"),
  COUNT("how (?:many|much)", number("")),
  TIME(
      "when|(?:at )?what time|until when|by when|since when|what year",
      "\\b(?:\\d{4}|\\d{1,2}(?::\\d\\d)?\\s?(?:am|pm|o'clock)|january|february|march|april|may|june|july"
          + "|august|september|october|november|december|(?:mon|tues|wednes|thurs|fri|satur|sun)days?"
          + "|spring|summer|autumn|winter|morning|noon|evening|night|midnight|day|days|week|weeks|month"
          + "|months|year|years|hour|hours|minute|minutes|before|after|until|when|if|then|only|earlier"
          + "|later|between|as soon as|now)\\b|\\b\\d{1,2}:\\d\\d\\b|"
          + oClock()),
  NAME(
      "who (?:is|was|are|were)(?= (?:the|your|its|their|our)\\b)|what (?:is|was) the name of",
      "(?-i)(?<=[\\p{L}\\p{N},;] )(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April"
          + "|May|June|July|August|September|October|November|December|I\\b)\\p{Lu}\\p{L}+"
          + "|^(?!(?:The|A|An|In|On|At|It|He|She|They|This|That|For|After|Before|When|If)\\b)\\p{Lu}\\p{Ll}+"
          + " (?:was|is|gave|had|has)\\b"),
  ANYTHING("", "");

  private final Pattern asked;
  private final Pattern held;

  Expected(String asked, String held) {
    this.asked = Pattern.compile("\\b(?:" + asked + ")\\b");
    this.held = Pattern.compile(held, Pattern.CASE_INSENSITIVE);
  }

  /** What a question in lower case without marks wants. */
  static Expected of(String question) {
    for (Expected it : values()) {
      if (it != ANYTHING && it.asked.matcher(question).find()) {
        return it;
      }
    }
    return ANYTHING;
  }

  /** The question without the words that only ask. */
  String topic(String question) {
    return this == ANYTHING ? question : asked.matcher(question).replaceFirst(" ");
  }

  /** The words that only ask, as a sentence may hold them too. */
  Terms asking(String question) {
    Matcher it = asked.matcher(question);
    return Terms.of(this != ANYTHING && it.find() ? it.group() : "");
  }

  /** Whether a sentence holds such a thing. */
  boolean heldBy(String sentence) {
    return held.matcher(sentence).find();
  }

  /**
   * An hour without a unit, as people say it: "at ten.", "from nine to five", "by half past six".
   */
  private static String oClock() {
    String hour =
        "(?:\\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
            + "(?: (?:fifteen|twenty|thirty|forty|forty-five))?";
    return "\\b(?:at|by|from|until|till|around|past|to) "
        + hour
        + "(?=\\s*(?:[.,;:!?)]|$|(?:on|in|to|and|or|every|sharp|until|till|from|at|but|for)\\b))";
  }

  /** A number, in digits or words, with one of those units soon after it. */
  private static String number(String units) {
    String number =
        "(?:\\d[\\d.,]*|\\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen"
            + "|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy"
            + "|eighty|ninety|third|thirds|hundred|thousand|million|single|half)\\b)";
    return units.isEmpty()
        ? number
        : number + "[^.!?]{0,24}?(?<!\\p{L})(?:" + units + ")(?!\\p{L})";
  }
}
