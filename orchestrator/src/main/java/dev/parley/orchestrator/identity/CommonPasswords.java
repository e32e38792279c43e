package dev.parley.orchestrator.identity;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Passwords that are tried first. A short list of words stands for many: capitals, digits for
 * letters, what is put before or after a word, and words said twice make no difference.
 */
public final class CommonPasswords {
  private static final String FROM = "013457$@!";
  private static final String TO = "oleastsai";
  private static final String ROWS =
      "abcdefghijklmnopqrstuvwxyz qwertyuiop asdfghjkl zxcvbnm"
          + " 01234567890 azertyuiop qwertzuiop 1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p";
  private static final String BACK = new StringBuilder(ROWS).reverse().toString();
  private static final int KINDS = 4;

  private final Set<String> words;

  private CommonPasswords(Set<String> words) {
    this.words = words;
  }

  /** Those that are shipped. */
  public static CommonPasswords shipped() {
    var stream = CommonPasswords.class.getResourceAsStream("/identity/common-passwords.txt");
    try (var lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      return new CommonPasswords(
          lines
              .lines()
              .map(String::strip)
              .filter(it -> !it.isEmpty() && !it.startsWith("#"))
              .collect(Collectors.toUnmodifiableSet()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether it is one of them, or a number, or few different characters, or keys in a row. */
  boolean has(String password) {
    String small = password.toLowerCase(Locale.ROOT);
    boolean number = small.chars().allMatch(Character::isDigit);
    if (number || small.chars().distinct().count() < KINDS || isRow(small)) {
      return true;
    }
    return isWords(bare(small)) || isWords(bare(lettered(small)));
  }

  /** Whether little besides the address, or the part of it before the {@code @}, is in it. */
  boolean isMadeOf(String password, String email) {
    String small = password.toLowerCase(Locale.ROOT);
    String address = email.toLowerCase(Locale.ROOT);
    int at = address.indexOf('@');
    String name = at > 0 ? address.substring(0, at) : address;
    return name.length() >= 3 && (small.contains(address) || bare(small).equals(bare(name)));
  }

  /** Whether it is one word of the list or several, each after the other. */
  private boolean isWords(String text) {
    if (text.isEmpty()) {
      return false;
    }
    boolean[] reached = new boolean[text.length() + 1];
    reached[0] = true;
    for (int end = 1; end <= text.length(); end++) {
      for (int start = 0; start < end && !reached[end]; start++) {
        reached[end] = reached[start] && words.contains(text.substring(start, end));
      }
    }
    return reached[text.length()];
  }

  private static boolean isRow(String text) {
    int half = text.length() / 2;
    return ROWS.contains(text)
        || BACK.contains(text)
        || text.length() % 2 == 0
            && text.substring(0, half).equals(text.substring(half))
            && (ROWS.contains(text.substring(half)) || BACK.contains(text.substring(half)));
  }

  private static String bare(String text) {
    return text.replaceAll("[^\\p{L}]+", "");
  }

  private static String lettered(String text) {
    StringBuilder letters = new StringBuilder(text.replaceAll("[0-9\\p{Punct}]+$", ""));
    for (int i = 0; i < letters.length(); i++) {
      int at = FROM.indexOf(letters.charAt(i));
      if (at >= 0) {
        letters.setCharAt(i, TO.charAt(at));
      }
    }
    return letters.toString();
  }
}
