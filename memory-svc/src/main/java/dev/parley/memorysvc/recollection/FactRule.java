package dev.parley.memorysvc.recollection;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A form in which people tell a fact.
 *
 * @param form the whole clause; its last group is what the fact is about
 * @param refused what that group may not begin with; empty refuses nothing
 * @param kind what the fact is about
 * @param slot {@code $1}, {@code $2} stand for groups in a plain form
 * @param importance how much it matters, 0 to 1
 */
record FactRule(
    Pattern form, Optional<Pattern> refused, FactKind kind, String slot, double importance) {
  private static final int MOST_WORDS = 14;
  private static final Pattern ARTICLE =
      Pattern.compile("^(?:(?:the|a|an|my|our|to|some|all|any|eating|drinking)\\s+)+");
  private static final Pattern TAIL =
      Pattern.compile(
          "\\s+(?:any ?more|any longer|a lot|so much|very much|too|now|again|really|as well|at all|either"
              + "|the most|most of all|more than anything|these days|at the moment|right now|actually|though)$");

  static FactRule of(FactKind kind, String slot, double importance, String form, String refused) {
    return new FactRule(
        Pattern.compile("(?i)^" + form + "$"),
        refused.isEmpty()
            ? Optional.empty()
            : Optional.of(Pattern.compile("(?i)^(?:" + refused + ")\\b.*")),
        kind,
        slot,
        importance);
  }

  /** The fact in a clause, if it has this form. */
  Optional<Fact> in(String clause) {
    Matcher matcher = form.matcher(clause);
    if (!matcher.matches() || clause.split("\\s+").length > MOST_WORDS) {
      return Optional.empty();
    }
    String about = group(matcher, matcher.groupCount());
    if (refused.map(it -> it.matcher(about).matches()).orElse(false)) {
      return Optional.empty();
    }
    return Optional.of(new Fact(kind, sentence(clause), filled(matcher), importance));
  }

  /** The thing without articles, endings and small additions, to be compared. */
  static String plain(String thing) {
    String plain = thing.toLowerCase(Locale.ROOT).strip();
    String shorter = TAIL.matcher(plain).replaceFirst("");
    while (!shorter.equals(plain)) {
      plain = shorter;
      shorter = TAIL.matcher(plain).replaceFirst("");
    }
    plain = ARTICLE.matcher(plain).replaceFirst("").replaceAll("[^\\p{L}\\p{N}]+", " ").strip();
    boolean plural = plain.length() > 3 && plain.endsWith("s") && !plain.matches(".*(?:ss|us|is)");
    String one = plural ? singular(plain) : plain;
    return one.length() > 40 ? one.substring(0, 40).strip() : one;
  }

  private static String singular(String plural) {
    return plural.matches(".*\\p{L}{3}ies")
        ? plural.substring(0, plural.length() - 3) + "y"
        : plural.substring(0, plural.length() - 1);
  }

  private String filled(Matcher matcher) {
    String filled = slot;
    for (int i = 1; i <= matcher.groupCount(); i++) {
      filled = filled.replace("$" + i, plain(group(matcher, i)));
    }
    return filled.length() > 64 ? filled.substring(0, 64) : filled;
  }

  private static String group(Matcher matcher, int number) {
    return number == 0 ? "" : Optional.ofNullable(matcher.group(number)).orElse("");
  }

  private static String sentence(String clause) {
    String tidy = clause.strip().replaceAll("\\s+", " ").replaceAll("\\bi\\b(?=['\\s])", "I");
    return java.lang.Character.toUpperCase(tidy.charAt(0)) + tidy.substring(1) + ".";
  }
}
