package dev.parley.orchestrator.identity.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.kit.failure.Failure;
import dev.parley.kit.identity.Owner;
import dev.parley.kit.ids.Ids;
import dev.parley.orchestrator.identity.CredentialKind;
import dev.parley.orchestrator.identity.Identity;
import dev.parley.orchestrator.identity.Role;
import dev.parley.orchestrator.identity.audit.Deed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Keys as they are made, used and ended, over a store in memory and a clock set by hand. */
class KeysTest {
  private static final Owner ANN = new Owner("acme", "ann");
  private static final Set<String> ALL =
      Set.of("characters_read", "characters_write", "conversations_write", "keys_write");
  private static final Maker ADMIN = new Maker(ANN, Role.ADMIN, ALL, false);

  private final InMemoryKeyStore store = new InMemoryKeyStore();
  private final Map<Owner, Role> members = new HashMap<>(Map.of(ANN, Role.ADMIN));
  private final AtomicLong nanos = new AtomicLong();
  private Instant now = Instant.parse("2026-11-21T13:45:30Z");
  private final List<Deed> told = new ArrayList<>();
  private final Keyring keyring = keyring();
  private final Keys keys = new Keys(store, keyring, Ids::next, () -> now);

  @Test
  void aKeyOpensWhatItsHolderMayAndNothingWhenTheHolderLeft() {
    Keys.Made made = keys.create(ADMIN, ALL, secret(Set.of()));
    Identity identity = find(made).orElseThrow();
    assertThat(identity.owner()).isEqualTo(ANN);
    assertThat(identity.role()).isEqualTo(Role.ADMIN);
    assertThat(identity.permissions()).isEmpty();
    assertThat(identity.kind()).isEqualTo(CredentialKind.SECRET_KEY);
    members.remove(ANN);
    pass(Keyring.TRUST);
    assertThat(find(made)).isEmpty();
  }

  @Test
  void theSecretIsShownOnceAndOnlyItsHashIsKept() {
    Keys.Made made = keys.create(ADMIN, ALL, repeated());
    assertThat(made.secret()).isPresent();
    Keys.Made again = keys.create(ADMIN, ALL, repeated());
    assertThat(again.key()).isEqualTo(made.key());
    assertThat(again.secret()).isEmpty();
    assertThat(store.list("acme", "", 10).toString())
        .doesNotContain(made.secret().orElseThrow().text());
  }

  @Test
  void nobodyMakesAKeyThatMayMoreThanOneself() {
    fails(() -> keys.create(ADMIN, ALL, secret(Set.of("audit_read"))), "PERMISSION_DENIED");
    var limited = new Maker(ANN, Role.ADMIN, Set.of("keys_write"), true);
    Keys.Made made = keys.create(limited, Set.of("keys_write"), secret(Set.of()));
    assertThat(made.key().permissions()).containsExactly("keys_write");
  }

  @Test
  void nobodyMakesAnAccountOrAKeyOfOneAboveOneself() {
    fails(
        () -> keys.createAccount(ADMIN, keys.account(ADMIN, "Root", Role.OWNER), ""),
        "PERMISSION_DENIED");
    var owner = new Maker(new Owner("acme", "olga"), Role.OWNER, ALL, false);
    String root = keys.createAccount(owner, keys.account(owner, "Root", Role.OWNER), "").id();
    fails(() -> keys.account(ADMIN, root), "PERMISSION_DENIED");
    fails(() -> keys.account(ADMIN, "nobody"), "SERVICE_ACCOUNT_NOT_FOUND");
  }

  @Test
  void aRevokedKeyOpensNothingHereAtOnceAndElsewhereWithinSeconds() {
    Keys.Made made = keys.create(ADMIN, ALL, secret(Set.of()));
    var elsewhere = keyring();
    String secret = made.secret().orElseThrow().text();
    assertThat(elsewhere.find(secret, "", "")).isPresent();
    assertThat(find(made)).isPresent();
    keys.revoke("acme", made.key().id());
    assertThat(find(made)).isEmpty();
    pass(Keyring.TRUST);
    assertThat(elsewhere.find(secret, "", "")).isEmpty();
    fails(() -> keys.revoke("acme", made.key().id()), "KEY_NOT_FOUND");
  }

  @Test
  void aKeyEndsAtItsTime() {
    NewKey wanted = brief();
    Keys.Made made = keys.create(ADMIN, ALL, wanted);
    assertThat(find(made)).isPresent();
    now = now.plusSeconds(60);
    assertThat(find(made)).isEmpty();
    fails(() -> keys.create(ADMIN, ALL, wanted), "INVALID_ARGUMENT");
  }

  @Test
  void aWidgetsKeyIsGoodFromItsOriginsOnlyAndEachVisitorIsSomebodyElse() {
    Keys.Made made = keys.create(ADMIN, ALL, widget("https://Shop.example:443"));
    String secret = made.secret().orElseThrow().text();
    assertThat(secret).startsWith("pw_");
    assertThat(keyring.find(secret, "", "v")).isEmpty();
    assertThat(keyring.find(secret, "https://evil.example", "v")).isEmpty();
    Identity one = keyring.find(secret, "https://shop.example", "v1").orElseThrow();
    Identity same = keyring.find(secret, "https://shop.example", "v1").orElseThrow();
    Identity other = keyring.find(secret, "https://shop.example", "v2").orElseThrow();
    Identity nobody = keyring.find(secret, "https://shop.example", "").orElseThrow();
    assertThat(one.personId()).startsWith("visitor-").isEqualTo(same.personId());
    assertThat(Set.of(one.personId(), other.personId(), nobody.personId())).hasSize(3);
    assertThat(one.role()).isEqualTo(Role.MEMBER);
    assertThat(Keys.WIDGET_MAY).containsAll(one.permissions());
    assertThat(one.characterIds()).containsExactly("ada");
  }

  @Test
  void aWidgetNeedsOriginsThatPagesCanHave() {
    for (String bad :
        Set.of("*", "null", "shop.example", "https://shop.example/path", "ftp://a.b", "https://")) {
      fails(() -> keys.create(ADMIN, ALL, widget(bad)), "INVALID_ARGUMENT");
    }
    var without =
        new NewKey("W", KeyKind.WIDGET, Set.of(), Set.of(), Set.of(), Optional.empty(), "", "");
    fails(() -> keys.create(ADMIN, ALL, without), "INVALID_ARGUMENT");
  }

  @Test
  void theStoreIsAskedOnceInSecondsAndUseIsWrittenLaterToTheMinute() {
    Keys.Made made = keys.create(ADMIN, ALL, secret(Set.of()));
    for (int i = 0; i < 100; i++) {
      find(made);
    }
    assertThat(store.asked()).isEqualTo(1);
    assertThat(store.list("acme", "", 1).getFirst().useTime()).isEmpty();
    keyring.writeUse();
    assertThat(store.list("acme", "", 1).getFirst().useTime())
        .contains(Instant.parse("2026-11-21T13:45:00Z"));
  }

  @Test
  void whatOpensNothingIsToldWithItsReasonInTheLogOfWhoseItIs() {
    Keys.Made page = keys.create(ADMIN, ALL, widget("https://shop.example"));
    Keys.Made mine = keys.create(ADMIN, ALL, brief());
    keyring.find(page.secret().orElseThrow().text(), "https://evil.example", "v");
    now = now.plusSeconds(60);
    assertThat(find(mine)).isEmpty();
    members.remove(ANN);
    pass(Keyring.TRUST);
    assertThat(find(mine)).isEmpty();
    keys.revoke("acme", mine.key().id());
    assertThat(find(mine)).isEmpty();
    keyring.find("pk_what-somebody-pasted", "", "");

    assertThat(
            told.stream().map(it -> it.organisationId() + " " + it.targetId() + " " + it.outcome()))
        .containsExactly(
            "acme " + page.key().id() + " KEY_ORIGIN",
            "acme " + mine.key().id() + " KEY_EXPIRED",
            "acme " + mine.key().id() + " KEY_HOLDER_LEFT",
            " " + mine.key().prefix() + " KEY_UNKNOWN",
            "  KEY_UNKNOWN");
    assertThat(told.subList(0, 3)).extracting(Deed::actorId).containsOnly("ann");
    assertThat(told.toString())
        .doesNotContain(mine.secret().orElseThrow().text(), page.secret().orElseThrow().text());
  }

  @Test
  void aKeyThatIsShownInVainAgainAndAgainIsToldOnceAMinute() {
    Keys.Made mine = keys.create(ADMIN, ALL, brief());
    now = now.plusSeconds(60);
    for (int i = 0; i < 1000; i++) {
      assertThat(find(mine)).isEmpty();
    }
    assertThat(told).hasSize(1);
    now = now.plusSeconds(60);
    find(mine);
    assertThat(told).hasSize(2);
  }

  private Keyring keyring() {
    return new Keyring(
        store,
        who -> Optional.ofNullable(members.get(who)),
        () -> now,
        nanos::get,
        new Refusals(told::add, () -> now));
  }

  private NewKey brief() {
    return new NewKey(
        "Brief",
        KeyKind.SECRET,
        Set.of(),
        Set.of(),
        Set.of(),
        Optional.of(now.plusSeconds(60)),
        "",
        "");
  }

  private Optional<Identity> find(Keys.Made made) {
    return keyring.find(made.secret().orElseThrow().text(), "", "");
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private static NewKey secret(Set<String> permissions) {
    return new NewKey(
        "Mine", KeyKind.SECRET, permissions, Set.of(), Set.of(), Optional.empty(), "", "");
  }

  private static NewKey repeated() {
    return new NewKey(
        "Mine", KeyKind.SECRET, Set.of(), Set.of(), Set.of(), Optional.empty(), "", "r1");
  }

  private static NewKey widget(String origin) {
    return new NewKey(
        "Shop", KeyKind.WIDGET, Set.of(), Set.of(origin), Set.of("ada"), Optional.empty(), "", "");
  }

  private static void fails(ThrowingCallable call, String reason) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(Failure.class, it -> assertThat(it.reason()).isEqualTo(reason));
  }
}
