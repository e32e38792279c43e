package dev.parley.kit.masking;

import com.google.i18n.phonenumbers.PhoneNumberMatch;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.Leniency;
import dev.parley.kit.masking.PersonalData.Found;
import dev.parley.kit.masking.PersonalData.Kind;
import java.util.List;

/**
 * Phone numbers by the numbering plans of their countries (Google's libphonenumber): such with a
 * {@code +} of any country, and of some countries also such that are grouped as one writes them
 * there.
 */
record Phones(List<String> regions) {
  private static final int LEAST_DIGITS = 7;
  private static final long TRIES = 50;
  private static final String ANY = "ZZ";

  void find(String text, List<Found> into) {
    if (text.chars().filter(Character::isDigit).count() < LEAST_DIGITS) {
      return;
    }
    if (text.indexOf('+') >= 0) {
      find(text, ANY, Leniency.VALID, into);
    }
    regions.forEach(it -> find(text, it, Leniency.STRICT_GROUPING, into));
  }

  private static void find(String text, String region, Leniency leniency, List<Found> into) {
    for (PhoneNumberMatch it :
        PhoneNumberUtil.getInstance().findNumbers(text, region, leniency, TRIES)) {
      into.add(new Found(Kind.PHONE, it.start(), it.end()));
    }
  }
}
