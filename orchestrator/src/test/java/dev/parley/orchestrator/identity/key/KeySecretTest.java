package dev.parley.orchestrator.identity.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KeySecretTest {
  private static final SecureRandom RANDOM = new SecureRandom();

  @Test
  void whatWasMadeIsReadAgainAndSaysItsKind() {
    for (KeyKind kind : KeyKind.values()) {
      KeySecret made = KeySecret.make(kind, RANDOM);
      assertThat(made.text()).hasSize(52).startsWith(kind.mark()).matches("p[kw]_[0-9A-Za-z]+");
      assertThat(KeySecret.parse(made.text())).contains(made);
    }
  }

  @Test
  void noTwoAreAlikeAndHashesHaveSixtyFourDigits() {
    Set<String> hashes = new HashSet<>();
    for (int i = 0; i < 1000; i++) {
      hashes.add(KeySecret.make(KeyKind.SECRET, RANDOM).hash());
    }
    assertThat(hashes).hasSize(1000).allMatch(it -> it.matches("[0-9a-f]{64}"));
  }

  @Test
  void oneWrongLetterAnywhereIsSeenWithoutAnyStore() {
    String text = KeySecret.make(KeyKind.SECRET, RANDOM).text();
    for (int at = 0; at < text.length(); at++) {
      char other = text.charAt(at) == 'x' ? 'y' : 'x';
      String wrong = text.substring(0, at) + other + text.substring(at + 1);
      assertThat(KeySecret.parse(wrong)).as(wrong).isEmpty();
    }
  }

  @Test
  void twoLettersInTheWrongOrderAreSeen() {
    String text = KeySecret.make(KeyKind.SECRET, RANDOM).text();
    for (int at = 3; at + 1 < text.length(); at++) {
      if (text.charAt(at) != text.charAt(at + 1)) {
        String wrong =
            text.substring(0, at) + text.charAt(at + 1) + text.charAt(at) + text.substring(at + 2);
        assertThat(KeySecret.parse(wrong)).as(wrong).isEmpty();
      }
    }
  }

  @Test
  void noInputWhateverItIsIsReadOrFails() {
    Random random = new Random(5);
    for (int i = 0; i < 20_000; i++) {
      int length = random.nextInt(4) == 0 ? 52 : random.nextInt(200);
      StringBuilder text = new StringBuilder(random.nextBoolean() ? "pk_" : "");
      while (text.length() < length) {
        text.append((char) random.nextInt(random.nextBoolean() ? 128 : 65536));
      }
      assertThat(KeySecret.parse(text.toString())).isEmpty();
    }
  }

  @Test
  void itNeverShowsItself() {
    KeySecret made = KeySecret.make(KeyKind.WIDGET, RANDOM);
    assertThat(made.toString()).doesNotContain(made.text().substring(11)).startsWith("pw_");
    assertThat(made.prefix()).hasSize(11);
  }
}
