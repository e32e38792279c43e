package dev.parley.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.parley.character.v1.CharacterServiceGrpc;
import dev.parley.character.v1.ListCharactersRequest;
import dev.parley.conversation.v1.ServerEvent;
import dev.parley.conversation.v1.SessionStart;
import dev.parley.conversation.v1.Tier;
import dev.parley.mesh.Row;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The journey through the real Envoy to services that are processes of their own. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MeshTest {
  private static final String BAD_TOKEN = "Bearer eyJhbGciOiJFZERTQSJ9.e30.AAAA";
  @TempDir private static Path folder;
  private static RunningMesh parley;

  @BeforeAll
  static void start() throws Exception {
    assumeTrue(RunningMesh.isPossible(), "no Envoy on this machine (./parley test fetches it)");
    parley = RunningMesh.on(folder, "--mesh.calls-of-one=120");
    String nell =
        "{\"character\":{\"id\":\"nell\",\"displayName\":\"Nell\",\"greeting\":\"Good evening.\","
            + "\"personaFacts\":[\"My name is Nell.\"]}}";
    assertThat(parley.post("/v1/characters", nell, "content-type", "application/json").body())
        .contains("nell");
  }

  @AfterAll
  static void stop() {
    if (parley != null) {
      parley.close();
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyCarrierConversesThroughEnvoy(Carrier carrier) {
    try (var talk = carrier.open(parley.port(), greeted("nell"))) {
      List<ServerEvent> events = Talking.until(talk, ServerEvent::hasTurnCompleted);
      talk.send(Talking.text(1, "What is your name?"));
      events.addAll(Talking.until(talk, ServerEvent::hasTurnCompleted));
      String said =
          events.stream()
              .filter(ServerEvent::hasTextDelta)
              .map(it -> it.getTextDelta().getText())
              .reduce("", String::concat);
      assertThat(said).startsWith("Good evening.").contains("Nell");
      assertThat(Talking.voice(events).length).isGreaterThan(24_000);
    }
  }

  @Test
  void pagesAndHealthAndRestComeThroughTheOneDoor() throws Exception {
    assertThat(parley.get("/").body()).containsIgnoringCase("<!doctype html>");
    assertThat(parley.get("/healthz").statusCode()).isEqualTo(200);
    HttpResponse<String> characters =
        parley.get("/v1/characters?pageSize=2", "x-request-id", "mesh-1");
    assertThat(characters.statusCode()).as(characters.body()).isEqualTo(200);
    assertThat(characters.body()).contains("\"id\":\"ada\"");
    assertThat(characters.headers().firstValue("x-request-id")).contains("mesh-1");
    assertThat(parley.get("/v1/voices").statusCode()).isEqualTo(200);
    assertThat(parley.get("/v1/avatars").statusCode()).isEqualTo(200);
    assertThat(parley.get("/v1/memories").statusCode()).isEqualTo(200);
    assertThat(parley.get("/v1/documents").statusCode()).isEqualTo(200);
  }

  @Test
  void toolsAreToldTheServicesThroughEnvoy() throws Exception {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", parley.port()).usePlaintext().build();
    try {
      List<String> names = Reflected.services(channel).get(20, TimeUnit.SECONDS);
      assertThat(names)
          .contains(
              "parley.conversation.v1.ConversationService",
              "parley.speech.v1.SpeechService",
              "parley.document.v1.DocumentService");
    } finally {
      channel.shutdownNow();
    }
  }

  @Test
  void theStoresAreInTheTableLikeEverybodyElse() {
    assertThat(parley.mesh().table())
        .filteredOn(it -> it.name().equals("postgres") || it.name().equals("redis"))
        .hasSize(2)
        .allSatisfy(it -> {
          assertThat(it.ready()).as(it.toString()).isTrue();
          assertThat(ProcessHandle.of(it.pid())).isPresent();
          assertThat(it.ports().values()).hasSize(1);
        });
  }

  @Test
  void everyRefusalOfRestIsAStatusInJson() throws Exception {
    refused(parley.get("/v1/nothing"), 404, 5, "NOT_FOUND");
    refused(parley.get("/v1/characters/nobody"), 404, 5, "CHARACTER_NOT_FOUND");
    refused(parley.get("/v1/characters", "authorization", BAD_TOKEN), 401, 16, "TOKEN_INVALID");
    refused(parley.get("/v1/characters", "x-api-key", "pk_unknown"), 401, 16, "TOKEN_INVALID");
    refused(parley.get("/v1/characters", "origin", "https://evil.example"), 403, 7, "FORBIDDEN");
    refused(parley.get("/v1/characters", "x_y", "1"), 400, 3, "INVALID_ARGUMENT");
    refused(
        parley.post("/v1/characters", "{\"character\":", "content-type", "application/json"),
        400,
        3,
        "INVALID_ARGUMENT");
    refused(
        parley.post("/v1/characters", " ".repeat(13 << 20), "content-type", "application/json"),
        413,
        8,
        "TOO_LARGE");
  }

  @Test
  void aNameThatIsNotOursIsRefused() throws Exception {
    try (var socket = new java.net.Socket("127.0.0.1", parley.port())) {
      socket
          .getOutputStream()
          .write(
              "GET /v1/characters HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer).startsWith("HTTP/1.1 403").contains("\"code\":7", "FORBIDDEN");
    }
  }

  @Test
  void everyRefusalOfGrpcAndGrpcWebHasItsStatus() throws Exception {
    assertThatThrownBy(() -> list("authorization", BAD_TOKEN))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            it -> assertThat(it.getStatus().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED));
    assertThatThrownBy(() -> list("x-api-key", "pk_unknown"))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            it -> {
              assertThat(it.getStatus().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
              assertThat(dev.parley.kit.failure.Failures.fromStatus(it).reason())
                  .isEqualTo("TOKEN_INVALID");
            });
    for (String[] shown :
        List.of(
            new String[] {"authorization", BAD_TOKEN}, new String[] {"x-api-key", "pk_unknown"})) {
      HttpResponse<String> web =
          parley.post(
              "/parley.character.v1.CharacterService/ListCharacters",
              "\0\0\0\0\0",
              "content-type",
              "application/grpc-web+proto",
              "x-grpc-web",
              "1",
              shown[0],
              shown[1]);
      assertThat(web.statusCode()).isEqualTo(200);
      assertThat(web.headers().firstValue("grpc-status")).contains("16");
    }
  }

  @Test
  void servicesOfOursAreNotOffered() {
    assertThatThrownBy(() ->
            call(channel ->
                dev.parley.memory.v1.MemoryServiceGrpc.newBlockingStub(channel)
                    .recall(dev.parley.memory.v1.RecallRequest.getDefaultInstance())))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            it -> assertThat(it.getStatus().getCode()).isEqualTo(Status.Code.UNIMPLEMENTED));
  }

  @Test
  void aNewCertificateIsShownAndTheOldStreamGoesOn() throws Exception {
    X509Certificate before = shown();
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("localhost", parley.tlsPort())
            .sslContext(
                GrpcSslContexts.forClient()
                    .trustManager(parley.mesh().authority().toFile())
                    .build())
            .build();
    try (var talk = new GrpcTalk(channel, greeted("ada"))) {
      List<ServerEvent> events = Talking.until(talk, ServerEvent::hasTurnStarted);
      parley.mesh().renew();
      X509Certificate after = before;
      for (int i = 0; i < 50 && after.equals(before); i++) {
        TimeUnit.MILLISECONDS.sleep(100);
        after = shown();
      }
      assertThat(after).isNotEqualTo(before);
      events.addAll(Talking.until(talk, ServerEvent::hasTurnCompleted));
      assertThat(events.getLast().hasTurnCompleted()).isTrue();
    }
  }

  @Test
  void aProcessThatIsKilledIsBackAndNobodyNoticesInTheNextTurn() throws Exception {
    Row before = parley.row("speech-1");
    ProcessHandle.of(before.pid()).orElseThrow().destroyForcibly();
    try (var talk = Carrier.GRPC.open(parley.port(), greeted("nell"))) {
      List<ServerEvent> events = Talking.until(talk, ServerEvent::hasTurnCompleted);
      assertThat(Talking.voice(events).length).isGreaterThan(24_000);
    }
    Row after = before;
    for (int i = 0; i < 300 && !(after.ready() && after.restarts() > 0); i++) {
      TimeUnit.MILLISECONDS.sleep(100);
      after = parley.row("speech-1");
    }
    assertThat(after.ready()).as(parley.told().toString()).isTrue();
    assertThat(after.pid()).isNotEqualTo(before.pid());
    assertThat(after.ports()).isEqualTo(before.ports());
  }

  @Test
  void aTokenIsVerifiedByEveryServiceAndEndsWithItsSignIn() throws Exception {
    Newcomer mira = Newcomer.of(parley);
    List<String> areas =
        List.of("/v1/me", "/v1/voices", "/v1/avatars", "/v1/memories", "/v1/documents");
    for (String area : areas) {
      assertThat(mira.get(area).statusCode()).as(area).isEqualTo(200);
    }
    assertThat(mira.get("/v1/me").body()).doesNotContain("\"id\":\"local\"");
    assertThat(mira.get("/v1/characters").body()).doesNotContain("\"id\":\"nell\"");
    list("authorization", mira.bearer());
    mira.signOutEverywhere();
    for (String area : areas) {
      HttpResponse<String> answer = mira.get(area);
      for (int i = 0; i < 100 && answer.statusCode() == 200; i++) {
        TimeUnit.MILLISECONDS.sleep(100);
        answer = mira.get(area);
      }
      refused(answer, 401, 16, "TOKEN_INVALID");
    }
  }

  @Test
  void aKeyOpensWhatItWasMadeFor() throws Exception {
    Newcomer mira = Newcomer.of(parley);
    String reader =
        mira.key("{\"displayName\":\"r\",\"permissions\":[\"PERMISSION_CHARACTERS_READ\"]}");
    assertThat(parley.get("/v1/characters", "x-api-key", reader).statusCode()).isEqualTo(200);
    assertThat(parley.get("/v1/voices", "authorization", "Bearer " + reader).statusCode())
        .isEqualTo(200);
    list("x-api-key", reader);
    refused(parley.get("/v1/documents", "x-api-key", reader), 403, 7, "PERMISSION_DENIED");
    refused(parley.get("/v1/documents", "x-api-key", reader + "x"), 401, 16, "TOKEN_INVALID");
  }

  @Test
  void aKeyOfAPageIsGoodOnThatPageAlone() throws Exception {
    String widget =
        Newcomer.of(parley)
            .key(
                "{\"displayName\":\"w\",\"kind\":\"API_KEY_KIND_WIDGET\",\"origins\":[\"https://shop.example\"]}");
    HttpResponse<String> shop = ticketFor(widget, "origin", "https://shop.example");
    assertThat(shop.statusCode()).as(shop.body()).isEqualTo(200);
    assertThat(shop.headers().firstValue("access-control-allow-origin"))
        .contains("https://shop.example");
    refused(ticketFor(widget, "origin", "https://evil.example"), 401, 16, "TOKEN_INVALID");
    refused(ticketFor(widget), 401, 16, "TOKEN_INVALID");
  }

  private static HttpResponse<String> ticketFor(String key, String... headers) throws Exception {
    List<String> all = new ArrayList<>(List.of(headers));
    all.addAll(List.of("x-api-key", key, "content-type", "application/json"));
    return parley.post("/v1/tickets", "{}", all.toArray(String[]::new));
  }

  @Test
  void aTicketOpensOneWebSocketOnce() throws Exception {
    String ticket = Newcomer.of(parley).ticket();
    assertThat(Newcomer.connect(parley, ticket)).isEqualTo(101);
    assertThat(Newcomer.connect(parley, ticket)).isEqualTo(401);
    assertThat(Newcomer.connect(parley, "made-up")).isEqualTo(401);
  }

  @Test
  void whatIsDoneInAnyServiceIsInTheOneAuditLog() throws Exception {
    Newcomer mira = Newcomer.of(parley);
    refused(mira.delete("/v1/documents/nothing-here"), 404, 5, "DOCUMENT_NOT_FOUND");
    String log = "";
    for (int i = 0; i < 150 && !log.contains("DeleteDocument"); i++) {
      TimeUnit.MILLISECONDS.sleep(100);
      log = mira.get("/v1/audit").body();
    }
    assertThat(log).contains("DocumentService/DeleteDocument", "DOCUMENT_NOT_FOUND");
    assertThat(mira.get("/v1/usage").body()).contains("calls");
  }

  @Test
  void bothEdgesAnswerOddRequestsAlike() throws Exception {
    int one = Running.shared().port();
    assertThat(Parity.differences(one, parley.port())).isEmpty();
    assertThat(NativeParity.differences(one, parley.port())).isEmpty();
  }

  @Test
  void whoAsksTooMuchIsToldToWait() throws Exception {
    List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
    try (var threads = Executors.newFixedThreadPool(16)) {
      for (int i = 0; i < 600; i++) {
        answers.add(CompletableFuture.supplyAsync(MeshTest::ask, threads));
      }
    }
    List<HttpResponse<String>> refused =
        answers.stream().map(CompletableFuture::join).filter(it -> it.statusCode() != 404).toList();
    assertThat(refused).isNotEmpty();
    refused(refused.getFirst(), 429, 8, "RATE_LIMITED");
    TimeUnit.SECONDS.sleep(1);
    assertThat(ask().statusCode()).isEqualTo(404);
  }

  @Test
  void theAccessLogTellsNoQueriesAndNoKeys() throws Exception {
    parley.get("/v1/characters?secret=in-the-query", "x-api-key", "pk_in_a_header");
    String log = "";
    for (int i = 0; i < 150 && !log.contains("\"path\":\"/v1/characters\""); i++) {
      TimeUnit.MILLISECONDS.sleep(100);
      log = parley.accessLog();
    }
    assertThat(log).contains("\"path\":\"/v1/characters\"", "\"request_id\"");
    assertThat(log).doesNotContain("in-the-query", "pk_in_a_header");
  }

  private static HttpResponse<String> ask() {
    try {
      return parley.get("/v1/nothing");
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static SessionStart greeted(String character) {
    return Talking.with(character, Tier.TIER_TEXT, Tier.TIER_AUDIO).setGreet(true).build();
  }

  private static void refused(HttpResponse<String> answer, int http, int code, String reason) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(http);
    assertThat(answer.headers().firstValue("content-type").orElse(""))
        .as(answer.body())
        .startsWith("application/json");
    assertThat(answer.body()).contains("\"code\":" + code, "\"" + reason + "\"", "parley.dev");
  }

  private static void list(String header, String value) {
    Metadata headers = new Metadata();
    headers.put(Metadata.Key.of(header, Metadata.ASCII_STRING_MARSHALLER), value);
    call(channel ->
        CharacterServiceGrpc.newBlockingStub(channel)
            .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
            .listCharacters(ListCharactersRequest.getDefaultInstance()));
  }

  private static void call(java.util.function.Consumer<ManagedChannel> what) {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", parley.port()).usePlaintext().build();
    try {
      what.accept(channel);
    } finally {
      channel.shutdownNow();
    }
  }

  /** What Envoy shows to those who come now. */
  private static X509Certificate shown() throws Exception {
    try (SSLSocket socket =
        (SSLSocket)
            parley.believing().getSocketFactory().createSocket("localhost", parley.tlsPort())) {
      socket.startHandshake();
      return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }
  }
}
