package dev.parley.orchestrator.grounded;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a person means with a text, as far as its shape tells.
 *
 * @param kind what it is
 * @param text as said, without a greeting before it
 * @param plain the same in lower case with straight apostrophes and single blanks, without what
 *     only politeness adds
 * @param greeted whether it began with a greeting
 */
record Question(Kind kind, String text, String plain, boolean greeted) {

  /** Kinds of things people say. */
  enum Kind {
    GREETING("(?:hi|hello|hey|howdy|greetings|good (?:morning|afternoon|evening|day))?"),
    TELLS_NAME(".*\\b(?:my name is|my name's|call me|i am called|i'm called)\\b.*"),
    ASKS_EVERYTHING_TOLD(
        "what (?:(?:all |else )?do )?you (?:still |already )?(?:remember|know|recall) (?:about|of|from) me"
            + "|what (?:all )?(?:have|did) i (?:already )?(?:told|tell|said|say)(?: to)?(?: you)?"
            + "(?: so far| about me| about myself)?"
            + "|what do you remember|(?:do|can) you (?:still )?remember me"),
    ASKS_OWN_NAME(".*\\b(?:(?:what's|what is|know|remember|say) my name|who am i)\\b.*"),
    ASKS_IDENTITY(
        "(?:so )?(?:who|what) are you(?: exactly)?|.*\\b(?:who is this|your name|what (?:should|do|can) i call you"
            + "|introduce yourself|about you(?:rself)?)\\b.*"),
    ASKS_ABILITY(
        ".*\\b(?:what (?:can|could) you do|what do you do for me|how can you help"
            + "|can you help me|what are you (?:good at|able to)|your (?:abilities|skills))\\b.*"
            + "|help"),
    ASKS_ORIGIN(".*\\bwhere (?:are|were|do|did) you (?:come )?(?:originally )?from\\b.*"),
    ASKS_WORK(
        ".*\\b(?:what do you do(?: (?:for a living|for work|all day))?|what is your job)"
            + "|.*\\bdo (?:you do )?for a living\\b.*"),
    ASKS_NATURE(
        ".*\\bare you (?:\\w+ )?(?:a |an )?(?:real|human|alive|robot|bot|ai|machine|program"
            + "|computer|person)\\b.*"),
    ASKS_MOOD(
        ".*\\b(?:how are you|how's it going|how do you (?:feel|do)|are you (?:ok|okay|well|alright)"
            + "|how are things|what's up)\\b.*"),
    THANKS("(?:ok |okay |great |oh )?(?:thanks|thank you|thank you very much|thanks a lot|cheers)"),
    FAREWELL(
        "(?:ok |okay |well )?(?:goodbye|good bye|bye|bye bye|see you(?: later| soon)?|good night"
            + "|farewell|take care)"),
    REPEAT(
        "(?:sorry |pardon )?(?:(?:can|could) you )?(?:please )?(?:repeat|say) (?:that|it)"
            + "(?: again)?(?: please)?|what did you say|pardon|what was that|come again"),
    MORE(
        "(?:please )?(?:tell me |say )?(?:some |a bit |a little )?more(?: please| about (?:that|it))?"
            + "|go on|continue|and|and then|what else|anything else|really|why|why is that|how so"
            + "|tell me (?:a story|something(?: else| interesting| new)?|more things)"
            + "|what happened(?: then| next)?|interesting|wow|cool|nice|great"),
    ASKS_MEMORY(
        ".*\\b(?:(?:what|did) (?:did |have |do )?i (?:\\w+ )?(?:say|said|tell|told|mention|talk)"
            + "|do you (?:still )?remember|what do you know about me|about me"
            + "|(?:did|have) i (?:ever )?(?:tell|told|mention|say|said))\\b.*"),
    ASKS_ABOUT_PERSON(
        "(?:(?!how (?:do|can|should|could|would) i\\b)(?:what|who|where|when|which|how)\\b.*|(?:do|did|am|is|are|was|were) .*)"
            + "\\b(?:my|mine|i)\\b.*"),
    STATEMENT(
        "(?:(?:well|so|yes|no|and|but|actually|oh|because|also) )*"
            + "(?:i|i'm|i've|i'd|i'll|my|we|we're|our)\\b.*"),
    QUESTION(".*");

    private final Pattern shape;

    Kind(String shape) {
      this.shape = Pattern.compile(shape);
    }
  }

  private static final Pattern OPENING =
      Pattern.compile(
          "^(?:hi|hello|hey|howdy|greetings|good (?:morning|afternoon|evening|day))\\b"
              + "(?: there| again)?[\\s,.!]*");

  /** What is put before a question out of politeness: it is neither about "you" nor about "me". */
  private static final Pattern POLITE =
      Pattern.compile(
          "^(?:(?:please |so )?(?:could|can|would|will) you (?:please |kindly )?|please )?"
              + "(?:tell|show|remind|explain to) me (?:please )?"
              + "(?=(?:who|whose|what|when|where|why|which|how|if|whether)\\b)");

  /** What only says that now is meant. */
  private static final Pattern NOWADAYS =
      Pattern.compile(" (?:these days|nowadays|at the moment|at present|right now|currently)$");

  private static final int LONGEST = 2000;

  /** Reads a text said to a character of that name. */
  static Question of(String said, String characterName) {
    String text = said.strip().replace('\u2019', '\'').replaceAll("\\s+", " ");
    text = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    Matcher opening = OPENING.matcher(text.toLowerCase(Locale.ROOT));
    boolean greeted = opening.find();
    String rest = greeted ? text.substring(opening.end()) : text;
    rest = withoutName(rest, characterName);
    String plain = rest.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}' ]+", " ");
    plain = bare(plain.replaceAll("\\s+", " ").strip());
    return new Question(kind(plain, rest, greeted), rest, plain, greeted);
  }

  private static String bare(String plain) {
    String asked = POLITE.matcher(plain).replaceFirst("");
    return NOWADAYS.matcher(asked).replaceFirst("");
  }

  /** The name a person gives as their own, as they wrote it but with a capital. */
  static Optional<String> nameIn(String text) {
    Matcher it = NAME.matcher(text.replace('\u2019', '\''));
    return it.find() ? Optional.of(capital(it.group(1))) : Optional.empty();
  }

  private static final Pattern NAME =
      Pattern.compile(
          "(?i:\\bmy name is|\\bmy name's|\\bcall me|\\bI am called|\\bI'm called)"
              + " (\\p{L}[\\p{L}'-]{1,30})");

  private static Kind kind(String plain, String text, boolean greeted) {
    if (plain.isEmpty()) {
      return greeted ? Kind.GREETING : Kind.MORE;
    }
    boolean asks = text.stripTrailing().endsWith("?");
    for (Kind it : Kind.values()) {
      boolean blocked = asks && (it == Kind.STATEMENT || it == Kind.TELLS_NAME);
      if (!blocked && it.shape.matcher(plain).matches()) {
        return it;
      }
    }
    return Kind.QUESTION;
  }

  private static String withoutName(String text, String name) {
    String quoted = Pattern.quote(name);
    return text.replaceFirst("(?i)^" + quoted + "\\b[\\s,.!]*", "")
        .replaceFirst("(?i)[\\s,]+" + quoted + "\\s*([.!?]*)$", "$1");
  }

  private static String capital(String name) {
    return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
  }
}
