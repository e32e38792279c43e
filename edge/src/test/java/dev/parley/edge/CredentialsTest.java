package dev.parley.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.conversation.v1.ConversationServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What clients show at the door, and what the services behind it see of that. */
class CredentialsTest {
  private static final Metadata.Key<String> AUTHORIZATION = key("authorization");

  private final AtomicReference<Metadata> seen = new AtomicReference<>();
  private final List<Shown> exchanged = new CopyOnWriteArrayList<>();
  private final FakeConversation conversation = new FakeConversation();
  private final Edge edge =
      Edge.builder()
          .service(
              ServerInterceptors.intercept(
                  conversation.bindService(),
                  new ServerInterceptor() {
                    @Override
                    public <Q, S> ServerCall.Listener<Q> interceptCall(
                        ServerCall<Q, S> call, Metadata headers, ServerCallHandler<Q, S> next) {
                      seen.set(headers);
                      return next.startCall(call, headers);
                    }
                  }))
          .exchange(this::exchange)
          .start();
  private final HttpClient http = HttpClient.newHttpClient();

  @AfterEach
  void stop() {
    edge.close();
    http.close();
  }

  /** Takes what ends in "good". */
  private String exchange(Shown shown) {
    exchanged.add(shown);
    if (shown.secret().equals("pk_broken")) {
      throw new IllegalStateException("the store is gone");
    }
    if (!shown.secret().endsWith("good")) {
      throw Refusals.unauthenticated("no such key");
    }
    return "token-of-" + shown.kind();
  }

  private static Metadata.Key<String> key(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }

  private HttpResponse<String> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + edge.port() + path));
    return http.send(
        (headers.length == 0 ? request : request.headers(headers)).build(),
        BodyHandlers.ofString());
  }

  private List<String> authorizations() {
    Iterable<String> values = seen.get().getAll(AUTHORIZATION);
    return values == null ? List.of() : toList(values);
  }

  private static List<String> toList(Iterable<String> values) {
    List<String> all = new ArrayList<>();
    values.forEach(all::add);
    return all;
  }

  @Test
  void aKeyBecomesATokenWhicheverHeaderItCameInAndNeverPassesItself() throws Exception {
    for (String[] header :
        List.of(
            new String[] {"x-api-key", "pk_good"},
            new String[] {"authorization", "Bearer pk_good"},
            new String[] {"authorization", "bearer  pk_good"})) {
      assertThat(get("/v1/sessions/s1", header).statusCode()).isEqualTo(200);
      assertThat(authorizations()).containsExactly("Bearer token-of-KEY");
      assertThat(seen.get().containsKey(key("x-api-key"))).isFalse();
    }
    assertThat(exchanged).extracting(Shown::secret).containsOnly("pk_good");
  }

  @Test
  void aTokenPassesAsItIsOnEveryKindOfRoute() throws Exception {
    for (String path :
        List.of("/v1/sessions/s1", "/v1/sessions/gone:subscribe", "/v1/turns/t/audio")) {
      seen.set(new Metadata());
      get(path, "authorization", "Bearer eyJ.a.b");
      assertThat(authorizations()).as(path).containsExactly("Bearer eyJ.a.b");
    }
    assertThat(exchanged).isEmpty();
  }

  @Test
  void aBadKeyIsRefusedWithAChallengeBeforeAnyServiceSeesTheCall() throws Exception {
    HttpResponse<String> refused = get("/v1/sessions/s1", "x-api-key", "pk_bad");
    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(refused.body()).contains("TOKEN_INVALID", "no such key").doesNotContain("pk_bad");
    assertThat(refused.headers().firstValue("www-authenticate"))
        .contains("Bearer realm=\"parley\", error=\"invalid_token\"");
    assertThat(get("/v1/sessions/s1", "x-api-key", "pk_broken").statusCode()).isEqualTo(503);
    assertThat(seen.get()).isNull();
  }

  @Test
  void moreThanOneCredentialIsRefused() throws Exception {
    assertThat(
            get("/v1/sessions/s1", "x-api-key", "pk_good", "authorization", "Bearer eyJ")
                .statusCode())
        .isEqualTo(401);
    assertThat(get("/v1/sessions/s1", "x-api-key", "pk_good", "x-api-key", "pk_good").statusCode())
        .isEqualTo(401);
    assertThat(seen.get()).isNull();
  }

  @Test
  void grpcAndGrpcWebAreRefusedInTheirOwnWay() throws Exception {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", edge.port()).usePlaintext().build();
    try {
      Metadata headers = new Metadata();
      headers.put(key("x-api-key"), "pk_bad");
      var stub =
          ConversationServiceGrpc.newBlockingStub(channel)
              .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
      var refused =
          Assertions.catchThrowableOfType(
              StatusRuntimeException.class, () -> stub.getSession(Events.id("s1")));
      assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
      headers.discardAll(key("x-api-key"));
      headers.put(key("x-api-key"), "pk_good");
      headers.put(key("parley-organisation"), "acme");
      headers.put(key("parley-door"), "inside");
      assertThat(stub.getSession(Events.id("s1")).getSession().getId()).isEqualTo("s1");
      assertThat(authorizations()).containsExactly("Bearer token-of-KEY");
      assertThat(seen.get().containsKey(key("parley-organisation"))).isFalse();
      assertThat(toList(seen.get().getAll(key("parley-door")))).containsExactly("outside");
    } finally {
      channel.shutdownNow();
    }
    HttpResponse<String> web =
        http.send(
            HttpRequest.newBuilder(
                    URI.create(
                        "http://127.0.0.1:"
                            + edge.port()
                            + "/parley.conversation.v1.ConversationService/GetSession"))
                .headers("content-type", "application/grpc-web+proto", "x-api-key", "pk_bad")
                .POST(BodyPublishers.ofByteArray(new byte[5]))
                .build(),
            BodyHandlers.ofString());
    assertThat(web.headers().firstValue("grpc-status")).contains("16");
  }

  @Test
  void aTicketOpensASocketFromItsSubprotocol() {
    WebSocket socket = connect("parley.ticket.good");
    assertThat(socket.getSubprotocol()).isEqualTo("parley.v1");
    assertThat(authorizations()).containsExactly("Bearer token-of-TICKET");
    assertThat(exchanged).extracting(Shown::kind).containsExactly(Shown.Kind.TICKET);
    socket.abort();
    Assertions.assertThatThrownBy(() -> connect("parley.ticket.bad"))
        .isInstanceOf(CompletionException.class);
  }

  private WebSocket connect(String ticket) {
    return http.newWebSocketBuilder()
        .subprotocols(ConnectRoute.SUBPROTOCOL, ticket)
        .buildAsync(
            URI.create("ws://127.0.0.1:" + edge.port() + "/v1/sessions:connect"),
            new WebSocket.Listener() {})
        .join();
  }

  @Test
  void aForeignPageComesInOnlyWithACredentialAndIsToldWhoItIs() throws Exception {
    String shop = "https://shop.example";
    assertThat(get("/v1/sessions/s1", "origin", shop).statusCode()).isEqualTo(403);
    HttpResponse<String> let =
        get("/v1/sessions/s1", "origin", shop, "x-api-key", "pk_good", "x-parley-visitor", "v1");
    assertThat(let.statusCode()).isEqualTo(200);
    assertThat(let.headers().firstValue("access-control-allow-origin")).contains(shop);
    assertThat(exchanged.getLast().origin()).isEqualTo(shop);
    assertThat(exchanged.getLast().visitor()).isEqualTo("v1");
    HttpResponse<String> asked =
        http.send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + edge.port() + "/v1/sessions"))
                .headers(
                    "origin", shop,
                    "access-control-request-method", "POST",
                    "access-control-request-headers", "x-api-key")
                .method("OPTIONS", BodyPublishers.noBody())
                .build(),
            BodyHandlers.ofString());
    assertThat(asked.headers().firstValue("access-control-allow-headers").orElse(""))
        .contains("x-api-key");
  }

  @Test
  void headersThatAreMadeUpNeitherPassNorBreakAnything() throws Exception {
    Random random = new Random(20261121);
    List<String> names = List.of("x-api-key", "authorization", "sec-websocket-protocol");
    List<String> heads = List.of("", "pk_", "Bearer pk_", "bearer ", "parley.ticket.", ", ,");
    for (int i = 0; i < 300; i++) {
      StringBuilder value = new StringBuilder(heads.get(random.nextInt(heads.size())));
      for (int n = random.nextInt(30); n > 0; n--) {
        value.append((char) ('!' + random.nextInt('~' - '!')));
      }
      int status =
          get("/v1/sessions/s1", names.get(random.nextInt(names.size())), value.toString())
              .statusCode();
      assertThat(status).as(value.toString()).isIn(200, 401);
      if (status == 200) {
        assertThat(authorizations()).noneMatch(it -> it.startsWith("Bearer token"));
      }
    }
  }
}
