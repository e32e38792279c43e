package dev.parley.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.kit.failure.Failure;
import dev.parley.kit.jose.TokenVerifier;
import dev.parley.orchestrator.identity.AccessTokens;
import dev.parley.orchestrator.identity.Authenticator;
import dev.parley.orchestrator.identity.CredentialKind;
import dev.parley.orchestrator.identity.Grant;
import dev.parley.orchestrator.identity.Identity;
import dev.parley.orchestrator.identity.Role;
import dev.parley.type.v1.Permission;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Tokens that doors pass on in the place of keys and tickets. */
class ProvingTest {
  private final List<Grant> granted = new ArrayList<>();
  private Optional<Identity> whose = Optional.empty();
  private final Proving proving = new Proving(authenticator(), verifier(), signer());

  @Test
  void aKeysTokenSaysNoMoreThanTheKeyMay() {
    whose = Optional.of(key(CredentialKind.SECRET_KEY, Set.of("documents_write"), Set.of("ada")));
    assertThat(proving.forKey("pk_1", "", "")).isEqualTo("token 1");
    Grant grant = granted.getFirst();
    assertThat(grant.permissions())
        .contains(Set.of(Permission.PERMISSION_DOCUMENTS_WRITE.getNumber()));
    assertThat(grant.characterIds()).containsExactly("ada");
    assertThat(grant.organisationId()).isEqualTo("acme");
    assertThat(grant.subject()).isEqualTo("ann");
    assertThat(grant.credentialId()).isEqualTo("key-1");
    assertThat(grant.lifetime()).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void aKeyThatIsNotNarrowedGetsWhatItsRoleMay() {
    whose = Optional.of(key(CredentialKind.SECRET_KEY, Set.of(), Set.of()));
    proving.forKey("pk_1", "", "");
    assertThat(granted.getFirst().permissions()).isEmpty();
    assertThat(granted.getFirst().role()).isEqualTo(Role.EDITOR);
  }

  @Test
  void aProgramAndAVisitorWhoIsNamedGetTheSameTokenForAMoment() {
    whose = Optional.of(key(CredentialKind.SECRET_KEY, Set.of(), Set.of()));
    assertThat(proving.forKey("pk_1", "", "")).isEqualTo(proving.forKey("pk_1", "", ""));
    assertThat(proving.forKey("pk_2", "", "")).isEqualTo("token 2");
    whose = Optional.of(key(CredentialKind.WIDGET_KEY, Set.of("characters_read"), Set.of()));
    String visitor = proving.forKey("pw_1", "https://shop.example", "v1");
    assertThat(proving.forKey("pw_1", "https://shop.example", "v1")).isEqualTo(visitor);
    assertThat(proving.forKey("pw_1", "https://shop.example", "v2")).isNotEqualTo(visitor);
    assertThat(proving.forKey("pw_1", "https://other.example", "v1")).isNotEqualTo(visitor);
  }

  @Test
  void aVisitorWithoutANameIsSomebodyNewEveryTime() {
    whose = Optional.of(key(CredentialKind.WIDGET_KEY, Set.of("characters_read"), Set.of()));
    String first = proving.forKey("pw_1", "https://shop.example", "");
    assertThat(proving.forKey("pw_1", "https://shop.example", "")).isNotEqualTo(first);
  }

  @Test
  void whatOpensNothingGetsNoToken() {
    refused(() -> proving.forKey("pk_1", "", ""));
    refused(() -> proving.forTicket("used"));
    refused(() -> proving.keys().open("pk_1"));
    whose = Optional.of(key(CredentialKind.WIDGET_KEY, Set.of(), Set.of()));
    refused(() -> proving.keys().open("pw_1"));
    assertThat(granted).isEmpty();
  }

  @Test
  void aProgramThatComesWithoutADoorIsWhoItsKeySaysWithWhatItMay() {
    whose = Optional.of(key(CredentialKind.SECRET_KEY, Set.of("documents_write"), Set.of("ada")));
    var identity = proving.keys().open("pk_1");
    assertThat(identity.permissions()).containsExactly(Permission.PERMISSION_DOCUMENTS_WRITE);
    assertThat(identity.characterIds()).containsExactly("ada");
    assertThat(identity.owner().personId()).isEqualTo("ann");
  }

  private static Identity key(
      CredentialKind kind, Set<String> permissions, Set<String> characters) {
    return new Identity("ann", false, "acme", Role.EDITOR, permissions, characters, "key-1", kind);
  }

  private Authenticator authenticator() {
    return new Authenticator() {
      @Override
      public Optional<Identity> byKey(String secret, String origin, String visitor) {
        return whose;
      }

      @Override
      public Optional<Identity> byTicket(String ticket) {
        return whose;
      }
    };
  }

  private AccessTokens signer() {
    return grant -> {
      granted.add(grant);
      return new AccessTokens.Signed("token " + granted.size(), Instant.MAX);
    };
  }

  private static TokenVerifier verifier() {
    return new TokenVerifier(_ -> Optional.empty(), _ -> false, InstantSource.system());
  }

  private static void refused(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            Failure.class, it -> assertThat(it.reason()).isEqualTo("TOKEN_INVALID"));
  }
}
