package dev.parley.orchestrator.openai;

import dev.parley.orchestrator.conversation.TokenSink;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes the marks of sources out of an answer, however they are cut into pieces: {@code [1]},
 * {@code [2, 3]}, {@code [1-3]}, {@code [source 1]}, {@code 【1】} and the like are told as citations
 * and leave no gap. Brackets that hold something else stay. Not thread-safe.
 */
final class Marks {
  private static final int LONGEST = 48;
  private static final int WIDEST_RANGE = 20;
  private static final Pattern MARK =
      Pattern.compile(
          "(?i)[\\s\\[^]*(?:(?:sources?|passages?|quotes?|memor(?:y|ies)|refs?|no)\\b[\\s.:]*)?"
              + "[#\\d](?:[\\d\\s#,;&–-]|\\band\\b)*(?:(?::\\d+)?†.*)?[\\s\\]]*");
  private static final Pattern NUMBERS = Pattern.compile("(\\d{1,3})(?:\\s*[–-]\\s*(\\d{1,3}))?");
  private static final Pattern LONG_NUMBER = Pattern.compile("\\d{4}");

  private final TokenSink sink;
  private final Set<Integer> given;
  private final StringBuilder said = new StringBuilder();
  private final StringBuilder blanks = new StringBuilder();
  private final StringBuilder bracket = new StringBuilder();
  private char last = '\n';
  private boolean marked;
  private int dropped;

  /** Marks of an answer that was given sources with these numbers. */
  Marks(TokenSink sink, Set<Integer> given) {
    this.sink = sink;
    this.given = Set.copyOf(given);
  }

  /** Takes a piece of the answer, hands on what is said of it; how many characters. */
  int take(String piece) {
    int handed = 0;
    for (int i = 0; i < piece.length(); i++) {
      handed += next(piece.charAt(i));
    }
    return handed + hand();
  }

  /** What was held back in case it was a mark and is none; how many characters. */
  int rest() {
    say(bracket);
    return hand();
  }

  /** Marks of sources that were not given. */
  int dropped() {
    return dropped;
  }

  /** Handed on before a citation, as that belongs to what was said until then. */
  private int next(char c) {
    if (!bracket.isEmpty()) {
      return inBracket(c);
    }
    if (c == '[' || c == '【') {
      bracket.append(c);
    } else if (java.lang.Character.isWhitespace(c)) {
      blank(c);
    } else if (marked && (c == ',' || c == ';') && (blanks.isEmpty() || blanks.charAt(0) == ' ')) {
      blanks.setLength(0);
      blanks.append(c);
    } else {
      boolean joins = marked && ",.;:!?)…".indexOf(c) >= 0;
      if (joins && !listed()) {
        blanks.setLength(0);
      }
      say(c);
    }
    return 0;
  }

  private int inBracket(char c) {
    bracket.append(c);
    boolean closes = c == ']' || c == '】';
    if (!closes) {
      if (bracket.length() > LONGEST || c == '\n') {
        say(bracket);
      }
      return 0;
    }
    boolean open = bracket.indexOf("[[") == 0 && bracket.indexOf("]]") < 0;
    if (open) {
      return 0;
    }
    String inside = bracket.substring(1, bracket.length() - 1);
    if (!MARK.matcher(inside).matches() || LONG_NUMBER.matcher(inside).find()) {
      say(bracket);
      return 0;
    }
    bracket.setLength(0);
    if (listed()) {
      blanks.setLength(0);
    }
    int handed = hand();
    cite(inside.replaceFirst("†.*", ""));
    marked = true;
    return handed;
  }

  /** A blank after the end of a clause is said at once, since the voice waits for it. */
  private void blank(char c) {
    if (java.lang.Character.isWhitespace(last) && marked) {
      return;
    }
    if (",.;:!?…—".indexOf(last) >= 0 && blanks.isEmpty()) {
      say(c);
      marked = marked && c != '\n';
    } else if (!marked || blanks.isEmpty() || listed()) {
      blanks.append(c);
    }
  }

  /** Whether a comma follows a mark, which may stand between two of them. */
  private boolean listed() {
    return marked && !blanks.isEmpty() && ",;".indexOf(blanks.charAt(0)) >= 0;
  }

  private void say(char c) {
    said.append(blanks).append(c);
    blanks.setLength(0);
    last = c;
    marked = marked && java.lang.Character.isWhitespace(c);
  }

  private void say(StringBuilder held) {
    if (!held.isEmpty()) {
      said.append(blanks).append(held);
      blanks.setLength(0);
      last = held.charAt(held.length() - 1);
      marked = false;
      held.setLength(0);
    }
  }

  private int hand() {
    int length = said.length();
    if (length > 0) {
      String text = said.toString();
      said.setLength(0);
      sink.token(text);
    }
    return length;
  }

  private void cite(String inside) {
    if (inside.indexOf(':') >= 0 && inside.matches("\\s*\\d+:\\d+\\s*")) {
      dropped++;
      return;
    }
    var numbers = new TreeSet<Integer>();
    Matcher it = NUMBERS.matcher(inside);
    while (it.find()) {
      int first = Integer.parseInt(it.group(1));
      int until = it.group(2) == null ? first : Integer.parseInt(it.group(2));
      for (int n = first; n <= Math.min(until, first + WIDEST_RANGE); n++) {
        numbers.add(n);
      }
    }
    for (int number : numbers) {
      if (given.contains(number)) {
        sink.cites(number, "");
      } else {
        dropped++;
      }
    }
  }
}
