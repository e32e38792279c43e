package dev.parley.orchestrator.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordsTest {
  private final PlainHash hash = new PlainHash();
  private final Passwords passwords = new Passwords(hash, CommonPasswords.shipped());

  @ParameterizedTest
  @ValueSource(
      strings = {
        "password12",
        "Passw0rd123!",
        "P@ssw0rd2026",
        "qwertyuiop",
        "1234567890",
        "9876543210",
        "iloveyou!!",
        "letmein2024",
        "aaaaaaaaaaaa",
        "abababababab",
        "welcomewelcome",
        "Summer2026!!",
        "correcthorsebatterystaple",
        "1qaz2wsx3edc",
        "20011984117"
      })
  void whatIsTriedFirstIsRefused(String common) {
    assertThatThrownBy(() -> passwords.require("password", common, "x@y.example"))
        .hasMessageContaining("many people use it");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tulip-crane-41-mossy",
        "zvu8#kaelPQ",
        "über den Wolken 7",
        "mein Hund frisst Äpfel"
      })
  void whatIsHardToGuessIsTaken(String good) {
    assertThatCode(() -> passwords.require("password", good, "x@y.example"))
        .doesNotThrowAnyException();
  }

  @Test
  void theAddressIsNoPassword() {
    assertThatThrownBy(() -> passwords.require("password", "mira.stone77", "Mira.Stone@x.example"))
        .hasMessageContaining("made of the address");
    assertThatThrownBy(
            () -> passwords.require("password", "mira.stone@x.example", "mira.stone@x.example"))
        .hasMessageContaining("made of the address");
  }

  @Test
  void lengthCountsCharactersAsPeopleSeeThem() {
    assertThatThrownBy(() -> passwords.require("new_password", "zvu8#kael", ""))
        .hasMessageContaining("new_password: 9 characters (expected 10 to 256)");
    assertThatThrownBy(() -> passwords.require("password", "zv\uD83D\uDE00#k".repeat(60), ""))
        .hasMessageContaining("300 characters");
  }

  @Test
  void theSameCharactersTypedOtherwiseAreTheSamePassword() {
    String kept = passwords.accept("password", "Caf\u00e9 \uFB01fty-seven", "");
    Account account = new Account(somebody(), Optional.of(kept), 0, "");
    assertThat(passwords.fit("Cafe\u0301 fifty-seven", Optional.of(account))).isTrue();
    assertThat(passwords.fit("Cafe fifty-seven", Optional.of(account))).isFalse();
  }

  @Test
  void nobodysPasswordIsComparedToo() {
    int before = hash.compared;
    assertThat(passwords.fit("whatever it is", Optional.empty())).isFalse();
    Account elsewhere = new Account(somebody(), Optional.empty(), 0, "");
    assertThat(passwords.fit("whatever it is", Optional.of(elsewhere))).isFalse();
    assertThat(hash.compared).isEqualTo(before + 2);
  }

  private static Person somebody() {
    return new Person("p", "x@y.example", "X", true, "", java.time.Instant.EPOCH);
  }
}
