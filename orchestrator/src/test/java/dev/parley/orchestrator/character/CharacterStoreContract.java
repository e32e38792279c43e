package dev.parley.orchestrator.character;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every store of characters does. */
public abstract class CharacterStoreContract {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678901Z");

  /** An empty store. */
  protected abstract CharacterStore store();

  @Test
  void keepsEverythingOfACharacter() {
    Character full =
        ShippedCharacters.all()
            .getFirst()
            .stamped("copy", 1, NOW, NOW)
            .knowing(List.of("maps", "tides"), Optional.of(Duration.ofDays(30)));
    CharacterStore store = store();
    assertThat(store.create("one", full, "")).contains(full);
    assertThat(store.find("one", "copy")).contains(full);
    assertThat(store.find("two", "copy")).isEmpty();
  }

  @Test
  void refusesATakenIdButRepeatsARequest() {
    CharacterStore store = store();
    store.create("one", some("a"), "request-1");
    assertThat(store.create("one", some("a"), "")).isEmpty();
    assertThat(store.create("one", some("b"), "request-1")).contains(some("a"));
    assertThat(store.find("one", "b")).isEmpty();
    assertThat(store.create("two", some("a"), "request-1")).contains(some("a"));
  }

  @Test
  void listsByIdInPages() {
    CharacterStore store = store();
    List.of("c", "a", "b-2", "b").forEach(id -> store.create("one", some(id), ""));
    assertThat(store.list("one", "", 3)).extracting(Character::id).containsExactly("a", "b", "b-2");
    assertThat(store.list("one", "b-2", 3)).extracting(Character::id).containsExactly("c");
  }

  @Test
  void takesOnlyTheNextVersionAndKeepsTheEarlierOnes() {
    CharacterStore store = store();
    store.create("one", some("a"), "");
    assertThat(store.update("one", some("a").stamped("a", 2, NOW, NOW))).isTrue();
    assertThat(store.update("one", some("a").stamped("a", 2, NOW, NOW))).isFalse();
    assertThat(store.update("one", some("a").stamped("a", 4, NOW, NOW))).isFalse();
    assertThat(store.update("one", some("a").stamped("a", 3, NOW, NOW))).isTrue();
    assertThat(store.versions("one", "a", 3, 10))
        .extracting(Character::version)
        .containsExactly(2L, 1L);
    assertThat(store.versions("one", "a", 3, 1)).extracting(Character::version).containsExactly(2L);
  }

  @Test
  void aDeletedIdCanBeUsedAgain() {
    CharacterStore store = store();
    store.create("one", some("a"), "");
    assertThat(store.delete("two", "a")).isFalse();
    assertThat(store.delete("one", "a")).isTrue();
    assertThat(store.delete("one", "a")).isFalse();
    assertThat(store.find("one", "a")).isEmpty();
    assertThat(store.list("one", "", 10)).isEmpty();
    assertThat(store.create("one", some("a"), "")).contains(some("a"));
  }

  private static Character some(String id) {
    return Character.named(id, "Name of " + id).stamped(id, 1, NOW, NOW);
  }
}
