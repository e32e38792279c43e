package dev.parley.orchestrator.identity.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.kit.identity.Owner;
import dev.parley.kit.ids.Ids;
import dev.parley.orchestrator.identity.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every store of keys does. */
public abstract class KeyStoreContract {
  private static final Instant NOW = Instant.parse("2026-11-21T13:45:00Z");

  protected abstract KeyStore store();

  @Test
  void aKeyIsFoundByItsHashAsItWasKept() {
    KeyStore store = store();
    ApiKey key = key("acme", "ann", Optional.of(NOW.plusSeconds(60)));
    assertThat(store.create(key, "h1", "")).isEqualTo(key);
    assertThat(store.byHash("h1")).contains(key);
    assertThat(store.byHash("h2")).isEmpty();
  }

  @Test
  void aCallThatIsRepeatedKeepsOneKeyAndAnothersRequestIdIsAnothers() {
    KeyStore store = store();
    ApiKey first = store.create(key("acme", "ann", Optional.empty()), "h1", "r");
    assertThat(store.create(key("acme", "ann", Optional.empty()), "h2", "r")).isEqualTo(first);
    ApiKey other = store.create(key("acme", "bob", Optional.empty()), "h3", "r");
    assertThat(other.holderId()).isEqualTo("bob");
    assertThat(store.byHash("h2")).isEmpty();
  }

  @Test
  void keysAreListedNewestFirstInPagesAndOnlyThoseOfTheOrganisation() {
    KeyStore store = store();
    List<ApiKey> made =
        List.of(
            store.create(key("acme", "ann", Optional.empty()), "h1", ""),
            store.create(key("acme", "bob", Optional.empty()), "h2", ""),
            store.create(key("acme", "ann", Optional.empty()), "h3", ""));
    store.create(key("other", "ann", Optional.empty()), "h4", "");
    List<ApiKey> first = store.list("acme", "", 2);
    assertThat(first).hasSize(2);
    List<ApiKey> rest = store.list("acme", first.getLast().id(), 2);
    assertThat(rest).hasSize(1);
    assertThat(List.of(first.get(0), first.get(1), rest.get(0)))
        .containsExactlyInAnyOrderElementsOf(made);
  }

  @Test
  void onlyTheOrganisationItIsInMayRevokeAKey() {
    KeyStore store = store();
    ApiKey key = store.create(key("acme", "ann", Optional.empty()), "h1", "");
    assertThat(store.revoke("other", key.id())).isFalse();
    assertThat(store.byHash("h1")).isPresent();
    assertThat(store.revoke("acme", key.id())).isTrue();
    assertThat(store.byHash("h1")).isEmpty();
    assertThat(store.revoke("acme", key.id())).isFalse();
  }

  @Test
  void useIsKeptAndNeverGoesBack() {
    KeyStore store = store();
    ApiKey key = store.create(key("acme", "ann", Optional.empty()), "h1", "");
    store.used(Map.of(key.id(), NOW, "nobody", NOW));
    store.used(Map.of(key.id(), NOW.minusSeconds(60)));
    assertThat(store.byHash("h1").orElseThrow().useTime()).contains(NOW);
  }

  @Test
  void anAccountEndsWithItsKeysAndNoOthers() {
    KeyStore store = store();
    var robot = new ServiceAccount(Ids.next(), "acme", "Robot", Role.EDITOR, NOW);
    assertThat(store.create(robot, "r")).isEqualTo(robot);
    var again = new ServiceAccount(Ids.next(), "acme", "Robot", Role.EDITOR, NOW);
    assertThat(store.create(again, "r")).isEqualTo(robot);
    store.create(key("acme", robot.id(), Optional.empty()), "h1", "");
    store.create(key("acme", "ann", Optional.empty()), "h2", "");
    assertThat(store.accounts("acme")).containsExactly(robot);
    assertThat(store.account("other", robot.id())).isEmpty();
    assertThat(store.deleteAccount("other", robot.id())).isFalse();
    assertThat(store.deleteAccount("acme", robot.id())).isTrue();
    assertThat(store.byHash("h1")).isEmpty();
    assertThat(store.byHash("h2")).isPresent();
    assertThat(store.accounts("acme")).isEmpty();
  }

  @Test
  void whoIsForgottenHoldsNoKeyAnyMore() {
    KeyStore store = store();
    store.create(key("acme", "ann", Optional.empty()), "h1", "");
    store.create(key("other", "ann", Optional.empty()), "h2", "");
    assertThat(store.deleteOf(new Owner("acme", "ann"))).isEqualTo(1);
    assertThat(store.byHash("h1")).isEmpty();
    assertThat(store.byHash("h2")).isPresent();
  }

  private static ApiKey key(String organisation, String holder, Optional<Instant> expires) {
    return new ApiKey(
        Ids.next(),
        organisation,
        holder,
        false,
        "For the ünit's \"tests\"",
        "pk_ABCDEFGH",
        KeyKind.SECRET,
        Set.of("characters_read", "conversations_write"),
        Set.of("https://shop.example"),
        Set.of("ada"),
        expires,
        Optional.empty(),
        NOW.minus(Duration.ofDays(1)));
  }
}
