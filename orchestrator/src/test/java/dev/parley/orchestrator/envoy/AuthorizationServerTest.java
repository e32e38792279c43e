package dev.parley.orchestrator.envoy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.kit.access.Tokens;
import dev.parley.kit.failure.Failure;
import dev.parley.kit.identity.Credential;
import dev.parley.kit.identity.Identity;
import dev.parley.kit.identity.Owner;
import dev.parley.orchestrator.identity.usage.Cost;
import dev.parley.type.v1.Role;
import io.envoyproxy.envoy.config.core.v3.Address;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption;
import io.envoyproxy.envoy.config.core.v3.SocketAddress;
import io.envoyproxy.envoy.service.auth.v3.AttributeContext;
import io.envoyproxy.envoy.service.auth.v3.CheckRequest;
import io.envoyproxy.envoy.service.auth.v3.CheckResponse;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AuthorizationServerTest {
  private static final Map<String, String> REST =
      Map.of("x-envoy-original-method", "GET", "content-type", "application/grpc");
  private static final Map<String, String> GRPC = Map.of("content-type", "application/grpc");
  private final AuthorizationServer server =
      new AuthorizationServer(
          new Door(
              new OneKey(),
              AuthorizationServerTest::bob,
              AuthorizationServerTest::spend,
              List.of("https://listed.example"),
              true));

  @Test
  void whoShowsNothingPassesAsHeIs() {
    CheckResponse answer = check(GRPC, Map.of());
    assertThat(answer.hasOkResponse()).isTrue();
    assertThat(answer.getOkResponse().getHeadersCount()).isZero();
  }

  @Test
  void aKeyBecomesATokenInEitherHeader() {
    for (Map<String, String> shown :
        List.of(
            Map.of("x-api-key", "pk_good"),
            Map.of("authorization", "Bearer pk_good"),
            Map.of("authorization", "bearer pk_good"))) {
      CheckResponse answer = check(GRPC, shown);
      assertThat(header(answer.getOkResponse().getHeadersList(), "authorization"))
          .contains("Bearer " + OneKey.TOKEN);
      assertThat(header(answer.getOkResponse().getHeadersList(), "x-parley-subject")).isEmpty();
      assertThat(header(answer.getOkResponse().getHeadersList(), "x-parley-address"))
          .contains("127.0.0.1");
      assertThat(header(answer.getOkResponse().getHeadersList(), "x-parley-credential"))
          .contains("key-1");
      assertThat(answer.getOkResponse().getHeadersToRemoveList()).contains("x-api-key");
    }
  }

  @Test
  void aTicketIsTakenOutOfTheSubprotocols() {
    CheckResponse answer =
        check(Map.of(), Map.of("sec-websocket-protocol", "parley.v1, parley.ticket.once"));
    List<HeaderValueOption> headers = answer.getOkResponse().getHeadersList();
    assertThat(header(headers, "sec-websocket-protocol")).contains("parley.v1");
    assertThat(header(headers, "authorization")).contains("Bearer token-of-ticket");
  }

  @Test
  void aBadKeyIsRefusedWholeForEveryKindOfClient() {
    CheckResponse rest = check(REST, Map.of("x-api-key", "pk_bad"));
    assertThat(rest.getDeniedResponse().getStatus().getCodeValue()).isEqualTo(401);
    assertThat(rest.getDeniedResponse().getBody())
        .startsWith("{\"code\":16,")
        .contains("\"reason\":\"TOKEN_INVALID\"", "parley.dev");
    assertThat(header(rest.getDeniedResponse().getHeadersList(), "www-authenticate"))
        .contains("Bearer realm=\"parley\", error=\"invalid_token\"");
    CheckResponse grpc = check(GRPC, Map.of("x-api-key", "pk_bad"));
    assertThat(header(grpc.getDeniedResponse().getHeadersList(), "grpc-status")).contains("16");
    assertThat(grpc.getDeniedResponse().getBody()).isEqualTo("nobody holds that key");
  }

  @Test
  void aLimitThatIsReachedIsNotUnavailableForGrpc() throws Exception {
    CheckResponse grpc = check(GRPC, Map.of("x-api-key", "pk_spent"));
    assertThat(grpc.getDeniedResponse().getStatus().getCodeValue()).isEqualTo(429);
    List<HeaderValueOption> headers = grpc.getDeniedResponse().getHeadersList();
    assertThat(header(headers, "grpc-status")).contains("8");
    byte[] details =
        Base64.getDecoder().decode(header(headers, "grpc-status-details-bin").orElseThrow());
    com.google.rpc.Status status = com.google.rpc.Status.parseFrom(details);
    assertThat(status.getMessage()).isEqualTo(grpc.getDeniedResponse().getBody());
  }

  @Test
  void twoCredentialsAreRefusedWhateverTheyAre() {
    assertThat(refusal(Map.of("x-api-key", "pk_good", "authorization", "Bearer eyJ0.e30.x")))
        .contains("more than one credential");
    assertThat(refusal(Map.of("x-api-key", "pk_good", "authorization", "Bearer pk_good2")))
        .contains("more than one credential");
  }

  @Test
  void aForeignPageComesInOnlyWithACredentialOfItsOwn() {
    assertThat(refusal(Map.of("origin", "https://evil.example")))
        .contains("pages of https://evil.example may not call this server");
    assertThat(refusal(Map.of("origin", "null"))).contains("may not call");
    for (Map<String, String> welcome :
        List.of(
            Map.of("origin", "https://listed.example"),
            Map.of("origin", "http://localhost:8080"),
            Map.of("origin", "https://evil.example", "x-api-key", "pk_good"))) {
      assertThat(check(GRPC, welcome).hasOkResponse()).as(welcome.toString()).isTrue();
    }
  }

  @Test
  void theHolderOfATokenIsNamedForTheLimits() {
    CheckResponse answer = check(GRPC, Map.of("authorization", "Bearer of-bob"));
    List<HeaderValueOption> headers = answer.getOkResponse().getHeadersList();
    assertThat(header(headers, "x-parley-subject")).contains("acme/bob");
    assertThat(header(headers, "x-parley-credential")).isEmpty();
    assertThat(header(headers, "authorization")).as("services verify it themselves").isEmpty();
  }

  @Test
  void aTokenThatWasTakenBackIsRefusedAtTheDoor() {
    assertThat(refusal(Map.of("authorization", "Bearer taken-back"))).contains("TOKEN_INVALID");
  }

  @Test
  void whatIsNoTokenIsRefusedAndNeverReadAsNone() {
    assertThat(refusal(Map.of("authorization", "Basic Ym9iOmJvYg=="))).contains("expected Bearer");
  }

  @Test
  void whereAnIdentityIsNeededOnlyWhatIsForAnybodyComesWithout() {
    var strict =
        new AuthorizationServer(
            new Door(new OneKey(), AuthorizationServerTest::bob, Quota.NONE, List.of(), false));
    CheckResponse personal = check(strict, request(REST, Map.of()).build());
    assertThat(personal.getDeniedResponse().getBody()).contains("\"UNAUTHENTICATED\"");
    assertThat(header(personal.getDeniedResponse().getHeadersList(), "www-authenticate"))
        .contains("Bearer realm=\"parley\"");
    CheckRequest.Builder signIn = request(REST, Map.of());
    signIn
        .getAttributesBuilder()
        .getRequestBuilder()
        .getHttpBuilder()
        .setPath("/parley.identity.v1.IdentityService/SignIn");
    assertThat(check(strict, signIn.build()).hasOkResponse()).isTrue();
  }

  @Test
  void aPlanThatIsUsedUpIsSaidWithWhenItBeginsAnew() throws Exception {
    CheckRequest.Builder search = request(GRPC, Map.of("authorization", "Bearer of-bob"));
    search
        .getAttributesBuilder()
        .getRequestBuilder()
        .getHttpBuilder()
        .setPath("/parley.document.v1.DocumentService/SearchDocuments");
    CheckResponse answer = check(search.build());
    assertThat(answer.getDeniedResponse().getStatus().getCodeValue()).isEqualTo(429);
    List<HeaderValueOption> headers = answer.getDeniedResponse().getHeadersList();
    assertThat(header(headers, "grpc-status")).contains("8");
    var status =
        com.google.rpc.Status.parseFrom(
            Base64.getDecoder().decode(header(headers, "grpc-status-details-bin").orElseThrow()));
    assertThat(status.getDetailsList().toString())
        .contains("google.rpc.QuotaFailure", "google.rpc.RetryInfo");
    assertThat(check(GRPC, Map.of("authorization", "Bearer of-bob")).hasOkResponse()).isTrue();
  }

  @Test
  void aRouteThatIsServedByHandSaysWhatItCosts() {
    CheckRequest.Builder connect = request(Map.of(), Map.of("authorization", "Bearer of-bob"));
    connect
        .getAttributesBuilder()
        .putContextExtensions("cost", "search")
        .getRequestBuilder()
        .getHttpBuilder()
        .setPath("/v1/sessions:connect");
    assertThat(check(connect.build()).getDeniedResponse().getBody()).contains("QUOTA_EXCEEDED");
  }

  private static Identity bob(String token) {
    if (!token.equals("of-bob")) {
      throw Tokens.bad("it was revoked");
    }
    return new Identity(
        new Owner("acme", "bob"),
        Role.ROLE_MEMBER,
        Set.of(),
        Set.of(),
        new Credential(Credential.Kind.SIGN_IN, "sign-in-1", Instant.MIN, Instant.MAX));
  }

  /** Everything is left but searches. */
  private static void spend(String organisation, Cost cost) {
    if (cost == Cost.SEARCH) {
      throw Failure.of(Failure.Code.RESOURCE_EXHAUSTED, "QUOTA_EXCEEDED", "no calls are left")
          .with("subject", "organisations/" + organisation)
          .retryAfter(Duration.ofDays(3));
    }
  }

  private String refusal(Map<String, String> shown) {
    CheckResponse answer = check(REST, shown);
    assertThat(answer.hasDeniedResponse()).as(shown.toString()).isTrue();
    return answer.getDeniedResponse().getBody();
  }

  private CheckResponse check(Map<String, String> kind, Map<String, String> shown) {
    return check(request(kind, shown).build());
  }

  private static CheckRequest.Builder request(Map<String, String> kind, Map<String, String> shown) {
    Map<String, String> headers = new HashMap<>(kind);
    headers.putAll(shown);
    CheckRequest.Builder request = CheckRequest.newBuilder();
    AttributeContext.Builder attributes = request.getAttributesBuilder();
    attributes
        .getSourceBuilder()
        .setAddress(
            Address.newBuilder()
                .setSocketAddress(SocketAddress.newBuilder().setAddress("127.0.0.1")));
    attributes
        .getRequestBuilder()
        .getHttpBuilder()
        .setPath("/parley.character.v1.CharacterService/ListCharacters")
        .setHost("localhost:8080")
        .putAllHeaders(headers);
    return request;
  }

  private CheckResponse check(CheckRequest request) {
    return check(server, request);
  }

  private static CheckResponse check(AuthorizationServer server, CheckRequest request) {
    List<CheckResponse> answers = new ArrayList<>();
    server.check(
        request,
        new StreamObserver<>() {
          @Override
          public void onNext(CheckResponse answer) {
            answers.add(answer);
          }

          @Override
          public void onError(Throwable thrown) {
            throw new AssertionError(thrown);
          }

          @Override
          public void onCompleted() {}
        });
    return answers.getFirst();
  }

  private static Optional<String> header(List<HeaderValueOption> headers, String name) {
    return headers.stream()
        .map(HeaderValueOption::getHeader)
        .filter(it -> it.getKey().equals(name))
        .map(it -> it.getValue())
        .findFirst();
  }

  /** Knows one key and one ticket, and one key whose plan is used up. */
  private static final class OneKey implements Exchange {
    static final String TOKEN =
        "e30."
            + Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(
                    "{\"kind\":\"SECRET_KEY\",\"org\":\"acme\",\"sub\":\"robot\",\"sid\":\"key-1\"}"
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8))
            + ".AAAA";

    @Override
    public String key(String secret, Arrival arrival) {
      return switch (secret) {
        case "pk_good" -> TOKEN;
        case "pk_spent" ->
            throw Failure.of(
                Failure.Code.RESOURCE_EXHAUSTED, "QUOTA_EXCEEDED", "no calls are left this month");
        default ->
            throw Failure.of(
                Failure.Code.UNAUTHENTICATED, "TOKEN_INVALID", "nobody holds that key");
      };
    }

    @Override
    public String ticket(String ticket, Arrival arrival) {
      return "token-of-ticket";
    }
  }
}
