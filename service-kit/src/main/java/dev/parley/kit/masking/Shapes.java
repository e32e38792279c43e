package dev.parley.kit.masking;

import dev.parley.kit.masking.PersonalData.Found;
import dev.parley.kit.masking.PersonalData.Kind;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Personal data that is known by its shape, and by its check digits where it has some. */
final class Shapes {
  private static final Pattern EMAIL =
      Pattern.compile(
          "[\\p{L}\\p{N}._%+-]{1,64}@(?:[\\p{L}\\p{N}-]{1,63}\\.){1,8}\\p{L}{2,24}(?![\\p{L}\\p{N}])");
  private static final Pattern IBAN =
      Pattern.compile(
          "(?<![A-Za-z0-9])[A-Z]{2}\\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?![A-Za-z0-9])",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern CARD =
      Pattern.compile("(?<![A-Za-z0-9.-])(?:\\d[ -]?){12,18}\\d(?![A-Za-z0-9]|-\\w)");
  private static final String NUMBER = "\\d{1,5}[a-zA-Z]?";
  private static final String NAME = "\\p{Lu}[\\p{L}'-]{1,24}";
  private static final Pattern ADDRESS =
      Pattern.compile(
          "(?<![\\p{L}\\p{N}])(?:"
              // 221B Baker Street, 12 Old Mill Rd.
              + NUMBER
              + "(?: "
              + NAME
              + "){1,3} (?:Street|St|Avenue|Ave|Road|Rd|Lane|Ln|Drive|Dr|Boulevard|Blvd|Court|Ct"
              + "|Way|Square|Sq|Terrace|Close|Crescent|Highway|Hwy)\\b\\.?"
              // Hauptstraße 5, Am Alten Weg 12
              + "|(?:\\p{Lu}\\p{L}{1,24}(?:straße|strasse|str\\.|gasse|weg|platz|allee|damm)"
              + "|(?:Am|An der|Im) "
              + NAME
              + "(?: Weg| Platz)?) "
              + NUMBER
              // 12 rue de la Paix, 5 avenue Foch
              + "|"
              + NUMBER
              + "(?: bis| ter)?,? (?:rue|avenue|boulevard|place|chemin|allée)(?: (?:de|du|des|la|le|l'))*"
              + " ?"
              + NAME
              // Calle Mayor 5, Via Roma, 12
              + "|(?:Calle|Avenida|Plaza|Via|Viale|Piazza|Rua|Largo)(?: (?:de|del|della|do|da|la))* "
              + NAME
              + "(?: "
              + NAME
              + ")?,? (?:n\\.? ?º? ?)?"
              + NUMBER
              + ")(?![\\p{L}\\p{N}])");
  private static final BigInteger NINETY_SEVEN = BigInteger.valueOf(97);
  private static final int LETTERS_FROM = 10;

  private Shapes() {}

  static void find(String text, List<Found> into) {
    if (text.indexOf('@') >= 0) {
      all(EMAIL, Kind.EMAIL, text, _ -> true, into);
    }
    if (text.chars().anyMatch(Character::isDigit)) {
      all(IBAN, Kind.IBAN, text, Shapes::isIban, into);
      all(CARD, Kind.CARD, text, Shapes::isCard, into);
      all(ADDRESS, Kind.ADDRESS, text, _ -> true, into);
    }
  }

  private static void all(
      Pattern shape, Kind kind, String text, Predicate<String> fits, List<Found> into) {
    Matcher matcher = shape.matcher(text);
    while (matcher.find()) {
      if (fits.test(matcher.group())) {
        into.add(new Found(kind, matcher.start(), matcher.end()));
      }
    }
  }

  /** ISO 7064, MOD 97-10, after the first four characters were moved to the end. */
  private static boolean isIban(String text) {
    String bare = text.replace(" ", "").toUpperCase(Locale.ROOT);
    if (bare.length() < 15 || bare.length() > 34) {
      return false;
    }
    StringBuilder digits = new StringBuilder();
    String moved = bare.substring(4) + bare.substring(0, 4);
    moved.chars().forEach(it -> digits.append(it <= '9' ? it - '0' : it - 'A' + LETTERS_FROM));
    return new BigInteger(digits.toString()).mod(NINETY_SEVEN).equals(BigInteger.ONE);
  }

  /** Luhn's check digit; a row of one digit is no card. */
  private static boolean isCard(String text) {
    String digits = text.replaceAll("[ -]", "");
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(digits.length() - 1 - i) - '0';
      int twice = digit * 2;
      sum += i % 2 == 0 ? digit : twice > 9 ? twice - 9 : twice;
    }
    return sum % 10 == 0 && digits.chars().distinct().count() > 1;
  }
}
