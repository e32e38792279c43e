package dev.parley.kit.masking;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Finds personal data in text and takes it out: addresses of mail, phone numbers, numbers of
 * payment cards and bank accounts, and what looks like a postal address. It finds what is written
 * as such; a number spelt out in words, or a name, it does not know. Thread-safe.
 */
public final class PersonalData {
  /** What there is. */
  public enum Kind {
    /** As {@code ann@example.org}. */
    EMAIL("[e-mail]"),
    /** An account: country, check digits that fit, number (ISO 13616). */
    IBAN("[iban]"),
    /** 13 to 19 digits of which the last fits (ISO/IEC 7812-1, Luhn). */
    CARD("[card]"),
    /** A number that is valid in its country. */
    PHONE("[phone]"),
    /** A street with a number. */
    ADDRESS("[address]");

    private final String label;

    Kind(String label) {
      this.label = label;
    }

    /** What is written in its place where lengths do not matter. */
    public String label() {
      return label;
    }
  }

  /**
   * Some personal data in a text.
   *
   * @param start of its first character, in UTF-16 code units
   * @param end after its last
   */
  public record Found(Kind kind, int start, int end) {}

  /** For what people say: also numbers as they are written within their countries. */
  public static final PersonalData SPOKEN =
      new PersonalData(new Phones(List.of("US", "GB", "DE", "FR", "ES", "IT")));

  /** For logs, which are full of other numbers: only numbers with their country before them. */
  public static final PersonalData LOGGED = new PersonalData(new Phones(List.of()));

  /** Stands for each character that was taken out where lengths matter. */
  private static final char BLOT = '•';

  private final Phones phones;

  private PersonalData(Phones phones) {
    this.phones = phones;
  }

  /** All there is, in the order of the text, none within another. */
  public List<Found> find(String text) {
    List<Found> all = new ArrayList<>();
    Shapes.find(text, all);
    phones.find(text, all);
    all.sort(Comparator.comparingInt(Found::start).thenComparing(Found::kind));
    List<Found> apart = new ArrayList<>();
    int end = 0;
    for (Found it : all) {
      if (it.start() >= end) {
        apart.add(it);
        end = it.end();
      }
    }
    return List.copyOf(apart);
  }

  /** The text with what each is in its place. */
  public String labelled(String text) {
    StringBuilder masked = new StringBuilder(text.length());
    int at = 0;
    for (Found it : find(text)) {
      masked.append(text, at, it.start()).append(it.kind().label());
      at = it.end();
    }
    return masked.append(text, at, text.length()).toString();
  }

  /** The text, as long as it was, with a dot in the place of each letter and digit of them. */
  public static String blotted(String text, List<Found> found) {
    char[] masked = text.toCharArray();
    for (Found it : found) {
      for (int i = Math.max(0, it.start()); i < Math.min(masked.length, it.end()); i++) {
        masked[i] = Character.isWhitespace(masked[i]) ? masked[i] : BLOT;
      }
    }
    return new String(masked);
  }

  /** The same of all that is found in it. */
  public String blotted(String text) {
    return blotted(text, find(text));
  }
}
