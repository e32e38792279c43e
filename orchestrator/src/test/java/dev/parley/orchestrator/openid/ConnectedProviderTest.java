package dev.parley.orchestrator.openid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.parley.kit.failure.Failure;
import dev.parley.orchestrator.identity.OpenIdProvider.Attempt;
import dev.parley.orchestrator.identity.OpenIdProvider.Vouched;
import dev.parley.orchestrator.identity.Secret;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConnectedProviderTest {
  private ProviderForTests other;
  private ConnectedProvider provider;

  @BeforeEach
  void start() throws Exception {
    other = new ProviderForTests();
    provider = provider(other.issuer());
  }

  @AfterEach
  void stop() {
    other.close();
  }

  @Test
  void vouchesForWhoeverAuthorised() {
    assertThat(signIn()).isEqualTo(new Vouched("subject-1", "noor@example.org", true, "Noor"));
  }

  @Test
  void aCodeIsGoodOnceAndOnlyForTheAttemptThatItWasGivenFor() {
    Attempt attempt = attempt();
    String code = other.authorise(URI.create(provider.authorisationUri(attempt)));
    provider.redeem(attempt, code);
    fails(() -> provider.redeem(attempt, code));
    String another = other.authorise(URI.create(provider.authorisationUri(attempt())));
    fails(() -> provider.redeem(attempt(), another));
  }

  @Test
  void aProofThatIsNotForUsNowIsRefused() {
    List<UnaryOperator<JWTClaimsSet.Builder>> wrong =
        List.of(
            it -> it.issuer("http://evil.example"),
            it -> it.audience("somebody else"),
            it -> it.audience(List.of(ProviderForTests.CLIENT, "other")),
            it -> it.claim("azp", "somebody else"),
            it -> it.claim("nonce", "another"),
            it -> it.claim("nonce", null),
            it -> it.subject(null),
            it -> it.expirationTime(Date.from(Instant.now().minusSeconds(120))),
            it -> it.expirationTime(null));
    for (var change : wrong) {
      other.claims = change;
      fails(this::signIn);
    }
    other.claims = it -> it;
    signIn();
  }

  @Test
  void aProofUnderAnotherKeyIsRefused() throws Exception {
    other.signsWith = new ECKeyGenerator(Curve.P_256).keyID("one").generate();
    fails(this::signIn);
  }

  @Test
  void theProvidersKeysMayChangeAtAnyTime() throws Exception {
    signIn();
    other.rotate();
    signIn();
  }

  @Test
  void anAddressThatIsNotInTheProofIsAskedFor() {
    other.metadata =
        it -> {
          it.put("userinfo_endpoint", other.issuer() + "/me");
          return it;
        };
    other.claims = it -> it.claim("email", null).claim("email_verified", null).claim("name", null);
    other.person =
        Map.of("sub", "subject-1", "email", "noor@example.org", "email_verified", "true");
    assertThat(signIn()).isEqualTo(new Vouched("subject-1", "noor@example.org", true, ""));
    other.person = Map.of("sub", "subject-2", "email", "mira@example.org", "email_verified", true);
    fails(this::signIn);
  }

  @Test
  void theSecretGoesInTheFormWhereTheProviderTakesItThere() {
    other.metadata =
        it -> {
          it.put("token_endpoint_auth_methods_supported", List.of("client_secret_post"));
          return it;
        };
    signIn();
  }

  @Test
  void aProviderThatCallsItselfOtherwiseOrSpeaksInTheClearElsewhereIsNotUsed() {
    other.metadata =
        it -> {
          it.put("issuer", "https://evil.example");
          return it;
        };
    fails(() -> provider(other.issuer()).authorisationUri(attempt()));
    assertThatThrownBy(() -> provider("http://192.0.2.1").authorisationUri(attempt()))
        .hasMessageContaining("not protected by TLS");
  }

  @Test
  void aProviderThatIsAwayIsWorthAnotherTry() {
    String issuer = other.issuer();
    other.close();
    assertThatThrownBy(() -> provider(issuer).authorisationUri(attempt()))
        .satisfies(it -> assertThat(((Failure) it).retryAfter()).isPresent());
  }

  private Vouched signIn() {
    Attempt attempt = attempt();
    String code = other.authorise(URI.create(provider.authorisationUri(attempt)));
    return provider.redeem(attempt, code);
  }

  private static Attempt attempt() {
    return new Attempt(
        Secret.next("ps_"), Secret.next(""), Secret.next(""), "https://parley.example/back?a=b");
  }

  private static ConnectedProvider provider(String issuer) {
    var settings =
        new ProviderSettings(
            "other",
            "Other",
            URI.create(issuer),
            ProviderForTests.CLIENT,
            Optional.of(ProviderForTests.SECRET));
    return new ConnectedProvider(settings, InstantSource.system());
  }

  private static void fails(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(Failure.class)
        .satisfies(it -> assertThat(((Failure) it).reason()).isEqualTo("SIGN_IN_FAILED"));
  }
}
