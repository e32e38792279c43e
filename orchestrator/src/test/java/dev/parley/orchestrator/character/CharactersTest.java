package dev.parley.orchestrator.character;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.kit.failure.Failure;
import dev.parley.kit.identity.Owner;
import java.time.Clock;
import org.junit.jupiter.api.Test;

class CharactersTest {
  private final Characters characters =
      new Characters(ShippedCharacters.all(), new InMemoryCharacterStore(), Clock.systemUTC());

  @Test
  void shipsThreeWithDifferentVoicesFacesAndStories() {
    var all = characters.list(Owner.LOCAL, "", 10);
    assertThat(all).extracting(Character::id).containsExactly("ada", "marcus", "zuri");
    assertThat(all).extracting(it -> it.voice().voiceId()).doesNotHaveDuplicates();
    assertThat(all).extracting(it -> it.avatar().avatarId()).doesNotHaveDuplicates();
    assertThat(all).allSatisfy(it -> assertThat(it.personaFacts()).hasSizeBetween(25, 40));
  }

  @Test
  void pagesFromShippedOnesIntoOwnOnes() {
    characters.create(Owner.LOCAL, Character.named("", "Émile Fox"), "");
    assertThat(characters.list(Owner.LOCAL, "marcus", 10))
        .extracting(Character::id)
        .containsExactly("zuri", "emile-fox");
    assertThat(characters.list(Owner.LOCAL, "emile-fox", 10)).isEmpty();
  }

  @Test
  void neverChangesWhatShips() {
    assertThatThrownBy(() -> characters.delete(Owner.LOCAL, "ada")).hasMessageContaining("ada");
    assertThatThrownBy(() -> characters.update(Owner.LOCAL, "ada", 0, it -> it))
        .isInstanceOf(Failure.class);
    assertThatThrownBy(() -> characters.create(Owner.LOCAL, Character.named("ada", "A"), ""))
        .hasMessageContaining("taken");
  }

  @Test
  void refusesAChangeBasedOnAnOldVersion() {
    characters.create(Owner.LOCAL, Character.named("a", "A"), "");
    assertThat(characters.update(Owner.LOCAL, "a", 1, it -> it).version()).isEqualTo(2);
    assertThatThrownBy(() -> characters.update(Owner.LOCAL, "a", 1, it -> it))
        .hasMessage("version: 1 (expected 2)");
  }

  @Test
  void showsValueAndExpectation() {
    assertThatThrownBy(() -> characters.create(Owner.LOCAL, Character.named("A b", "A"), ""))
        .hasMessageContaining("id: A b (expected 1 to 63 lower-case letters, digits and hyphens)");
  }
}
