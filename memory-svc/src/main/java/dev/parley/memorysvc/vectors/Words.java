package dev.parley.memorysvc.vectors;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The words of a text as they are indexed and looked for, the same in every store: runs of letters,
 * digits and marks, folded (NFKD without accents, lower case), English plurals reduced by Harman's
 * S stemmer (1991). Scripts without spaces (Chinese, Japanese, Thai, ...) give pairs of neighbours.
 */
public final class Words {
  /** A longer word is cut; nobody looks for its end. */
  private static final int LONGEST = 64;

  private Words() {}

  /** The words, in order, with repetitions. */
  public static List<String> of(String text) {
    List<String> words = new ArrayList<>();
    StringBuilder run = new StringBuilder();
    boolean pairs = false;
    String folded = fold(text);
    for (int i = 0; i < folded.length(); ) {
      int character = folded.codePointAt(i);
      i += Character.charCount(character);
      if (isPart(character)) {
        boolean unspaced = isUnspaced(character);
        if (unspaced != pairs) {
          add(words, run, pairs);
        }
        pairs = unspaced;
        run.appendCodePoint(character);
      } else if (!run.isEmpty() && isApostrophe(character) && goesOn(folded, i)) {
        i += isPossessive(folded, i) ? 1 : 0;
      } else {
        add(words, run, pairs);
      }
    }
    add(words, run, pairs);
    return words;
  }

  private static String fold(String text) {
    String plain = Normalizer.normalize(text, Normalizer.Form.NFKD);
    StringBuilder folded = new StringBuilder(plain.length());
    plain
        .codePoints()
        .filter(it -> Character.getType(it) != Character.NON_SPACING_MARK)
        .forEach(folded::appendCodePoint);
    return folded.toString().toLowerCase(Locale.ROOT);
  }

  private static boolean isPart(int character) {
    return Character.isLetterOrDigit(character)
        || Character.getType(character) == Character.COMBINING_SPACING_MARK;
  }

  private static boolean isApostrophe(int character) {
    return character == '\'' || character == '\u2019';
  }

  private static boolean goesOn(String text, int at) {
    return at < text.length() && isPart(text.codePointAt(at));
  }

  /** An s behind an apostrophe that ends the word says nothing. */
  private static boolean isPossessive(String text, int at) {
    return text.charAt(at) == 's' && !goesOn(text, at + 1);
  }

  private static boolean isUnspaced(int character) {
    return switch (Character.UnicodeScript.of(character)) {
      case HAN, HIRAGANA, KATAKANA, THAI, LAO, KHMER, MYANMAR -> true;
      default -> false;
    };
  }

  private static void add(List<String> words, StringBuilder run, boolean pairs) {
    if (run.isEmpty()) {
      return;
    }
    if (pairs) {
      addPairs(words, run.codePoints().toArray());
    } else {
      words.add(singular(run.substring(0, Math.min(run.length(), LONGEST))));
    }
    run.setLength(0);
  }

  private static void addPairs(List<String> words, int[] characters) {
    if (characters.length == 1) {
      words.add(Character.toString(characters[0]));
    }
    for (int i = 0; i + 1 < characters.length; i++) {
      words.add(new String(characters, i, 2));
    }
  }

  private static String singular(String word) {
    int end = word.length();
    if (end < 4 || !word.endsWith("s") || word.endsWith("us") || word.endsWith("ss")) {
      return word;
    }
    if (word.endsWith("ies") && !word.endsWith("eies") && !word.endsWith("aies")) {
      return word.substring(0, end - 3) + "y";
    }
    return word.substring(0, end - 1);
  }
}
