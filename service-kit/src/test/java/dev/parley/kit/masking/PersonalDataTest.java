package dev.parley.kit.masking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PersonalDataTest {
  @Test
  void whatIsPersonalIsLabelledAndTheRestStays() {
    Map.of(
            "Write to ann.lee+shop@mail.example.co.uk, please.", "Write to [e-mail], please.",
            "Call +44 20 7946 0958 after six", "Call [phone] after six",
            "My card is 4111 1111 1111 1111.", "My card is [card].",
            "IBAN DE89 3704 0044 0532 0130 00 it is", "IBAN [iban] it is",
            "I live at 221B Baker Street in London", "I live at [address] in London",
            "Ich wohne Hauptstraße 5 in Ulm", "Ich wohne [address] in Ulm",
            "J'habite 12 rue de la Paix", "J'habite [address]",
            "Vivo en Calle Mayor 5", "Vivo en [address]")
        .forEach(
            (text, masked) -> assertThat(PersonalData.SPOKEN.labelled(text)).isEqualTo(masked));
  }

  @Test
  void numbersOfACountryAreFoundAsTheyAreWrittenThere() {
    for (String number : List.of("(415) 555-2671", "020 7946 0958", "01 42 68 53 00")) {
      assertThat(PersonalData.SPOKEN.labelled("call " + number + " now"))
          .isEqualTo("call [phone] now");
    }
  }

  @Test
  void whatOnlyLooksAlikeStays() {
    for (String text :
        List.of(
            "The card 4111 1111 1111 1112 has a wrong last digit",
            "DE88 3704 0044 0532 0130 00 has wrong check digits",
            "In 1969 two people walked there for 151 minutes",
            "turn 01985f3e-7c2a-7d11-8f3a-0242ac120002 of session 4",
            "It is 5 o'clock on the way to Baker Street",
            "3.14159265358979323846 is a number",
            "me @ home")) {
      assertThat(PersonalData.SPOKEN.labelled(text)).isEqualTo(text);
    }
  }

  @Test
  void blotsKeepEveryLengthAndBlank() {
    String text = "Call +44 20 7946 0958 or ann@example.org.";
    assertThat(PersonalData.SPOKEN.blotted(text))
        .hasSameSizeAs(text)
        .isEqualTo("Call ••• •• •••• •••• or •••••••••••••••.");
  }

  @Test
  void logsKeepTheirNumbers() {
    for (String text :
        List.of(
            "took 1763732000000 ns, 4155552671 bytes",
            "session 01985f3e-7c2a-7d11-8f3a-0242ac120002 seq 1234567",
            "bound to 127.0.0.1:18080, pid 4155552")) {
      assertThat(PersonalData.LOGGED.labelled(text)).isEqualTo(text);
    }
  }

  @Test
  void anyTextIsMaskedInTimeAndTwiceIsTheSameAsOnce() {
    Random random = new Random(11);
    String letters = "0123456789 +-@.abcDEF\nStreet Straße•\ud83d";
    for (int i = 0; i < 300; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(2000); n > 0; n--) {
        text.append(letters.charAt(random.nextInt(letters.length())));
      }
      String once = PersonalData.SPOKEN.labelled(text.toString());
      assertThat(PersonalData.SPOKEN.find(once).size())
          .isLessThanOrEqualTo(PersonalData.SPOKEN.find(text.toString()).size());
    }
  }
}
