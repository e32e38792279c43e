package dev.parley.orchestrator.character;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.kit.failure.Failure;
import dev.parley.kit.identity.Owner;
import java.time.Clock;
import org.junit.jupiter.api.Test;

class CharactersTest {
  private final Characters characters =
      new Characters(
          ShippedCharacters.all(),
          new InMemoryCharacterStore(),
          new CatalogueForTests(),
          Clock.systemUTC());

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

  @Test
  void aNameThatIsTakenGetsANumberUnlessTheIdWasAskedFor() {
    assertThat(made("Ada").id()).isEqualTo("ada-2");
    assertThat(made("Ada").id()).isEqualTo("ada-3");
    assertThat(made("\u4eca\u65e5").id()).isEqualTo("character");
    assertThat(made("x".repeat(80)).id()).hasSize(59);
    assertThat(made("x".repeat(80)).id()).hasSize(61);
  }

  @Test
  void refusesAVoiceOrFaceThatNobodyHas() {
    assertThatThrownBy(() -> characters.create(Owner.LOCAL, voiced("a", "nobody"), ""))
        .isInstanceOfSatisfying(
            Failure.class, it -> assertThat(it.reason()).isEqualTo("VOICE_NOT_FOUND"));
    characters.create(Owner.LOCAL, voiced("a", "slt"), "");
    assertThatThrownBy(() -> characters.update(Owner.LOCAL, "a", 0, it -> faced(it, "nobody")))
        .isInstanceOfSatisfying(
            Failure.class, it -> assertThat(it.reason()).isEqualTo("AVATAR_NOT_FOUND"));
    assertThat(characters.update(Owner.LOCAL, "a", 0, it -> faced(it, "other")).version())
        .isEqualTo(2);
  }

  @Test
  void refusesWhatCannotBeSaidOrKept() {
    assertThatThrownBy(() -> made("A\0B")).hasMessageContaining("control characters");
    assertThatThrownBy(() -> made("")).hasMessageContaining("display_name: 0 characters");
  }

  private Character made(String name) {
    return characters.create(Owner.LOCAL, Character.named("", name), "");
  }

  private static Character voiced(String id, String voice) {
    Character it = Character.named(id, "A");
    return with(it, new VoiceSettings(voice, 1, 0, 0), it.avatar());
  }

  private static Character faced(Character it, String avatar) {
    return with(it, it.voice(), new AvatarSettings(avatar, "", "portrait"));
  }

  private static Character with(Character it, VoiceSettings voice, AvatarSettings avatar) {
    return new Character(
        it.id(),
        it.displayName(),
        it.description(),
        it.greeting(),
        it.language(),
        it.personaFacts(),
        it.agent(),
        voice,
        avatar,
        it.interruption(),
        it.idleTimeout(),
        it.collectionIds(),
        it.memoryRetention(),
        it.version(),
        it.createTime(),
        it.updateTime(),
        it.builtIn());
  }
}
