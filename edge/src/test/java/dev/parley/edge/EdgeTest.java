package dev.parley.edge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.conversation.v1.ClientEvent;
import dev.parley.conversation.v1.ConversationServiceGrpc;
import dev.parley.conversation.v1.EndSession;
import dev.parley.conversation.v1.GetSessionRequest;
import dev.parley.conversation.v1.GetSessionResponse;
import dev.parley.conversation.v1.ServerEvent;
import dev.parley.conversation.v1.SessionStart;
import dev.parley.conversation.v1.SubscribeRequest;
import dev.parley.conversation.v1.TextInput;
import dev.parley.type.v1.AudioEncoding;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every way in, over a real port. */
class EdgeTest {
  private final FakeConversation conversation = new FakeConversation();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private Edge edge;

  @BeforeEach
  void start() {
    edge =
        Edge.builder()
            .service(conversation)
            .callLimit(Duration.ofSeconds(5))
            .stopLimit(Duration.ofMillis(500))
            .ready(() -> Map.of("memory", "not yet"))
            .start();
  }

  @AfterEach
  void stop() {
    edge.close();
    http.close();
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + edge.port() + path))
        .timeout(Duration.ofSeconds(30));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request = to(path);
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  private HttpResponse<String> post(String path, String json) throws Exception {
    return send(
        to(path).header("content-type", "application/json").POST(BodyPublishers.ofString(json)));
  }

  private void withChannel(java.util.function.Consumer<ManagedChannel> work) {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", edge.port()).usePlaintext().build();
    try {
      work.accept(channel);
    } finally {
      channel.shutdownNow();
    }
  }

  @Test
  void restReadsAndQueries() throws Exception {
    HttpResponse<String> one = get("/v1/sessions/s9", "x-request-id", "abc-1");
    assertThat(one.statusCode()).isEqualTo(200);
    assertThat(one.body()).isEqualTo("{\"session\":{\"id\":\"s9\",\"turnCount\":2}}");
    assertThat(one.headers().firstValue("x-request-id")).contains("abc-1");
    assertThat(get("/v1/sessions?characterId=mira&page_size=7").body()).contains("mira/7");
    assertThat(get("/v1/sessions?character_id=mira&pageSize=8").body()).contains("mira/8");
  }

  @Test
  void restErrorsAreStatusJsonWithDetails() throws Exception {
    HttpResponse<String> gone = get("/v1/sessions/gone");
    assertThat(gone.statusCode()).isEqualTo(404);
    assertThat(gone.headers().firstValue("content-type").orElseThrow())
        .startsWith("application/json");
    assertThat(gone.body())
        .isEqualTo(
            "{\"code\":5,\"message\":\"no session é\\\"gone\",\"details\":["
                + "{\"@type\":\"type.googleapis.com/google.rpc.ErrorInfo\","
                + "\"reason\":\"SESSION_NOT_FOUND\",\"domain\":\"parley.dev\","
                + "\"metadata\":{\"id\":\"gone\"}},"
                + "{\"@type\":\"type.googleapis.com/google.rpc.BadRequest\","
                + "\"fieldViolations\":[{\"field\":\"session_id\",\"description\":\"bad\"}]}]}");
  }

  @Test
  void whatDoesNotFitTheContractIsRefused() throws Exception {
    for (String body :
        List.of(
            "{bad",
            "null",
            "{\"start\":{\"tiers\":[\"TIER_SMELL\"]}}",
            "{\"start\":{\"characterId\":5}}",
            "{\"start\":{\"faceRateHz\":\"x\"}}")) {
      HttpResponse<String> refused = post("/v1/sessions", body);
      assertThat(refused.statusCode()).as(body + " -> " + refused.body()).isEqualTo(400);
      assertThat(refused.body()).startsWith("{\"code\":3,").contains("INVALID_ARGUMENT");
    }
    HttpResponse<String> newer =
        post("/v1/sessions", "{\"start\":{\"character_id\":\"mira\",\"mood\":1},\"later\":true}");
    assertThat(newer.statusCode()).isEqualTo(200);
    assertThat(newer.body()).contains("\"characterId\":\"mira\"");
  }

  @Test
  void aQueryThatIsNoNumberIsRefused() throws Exception {
    HttpResponse<String> refused = get("/v1/sessions?page_size=xx");
    assertThat(refused.statusCode()).as(refused.body()).isEqualTo(400);
    assertThat(refused.body()).startsWith("{\"code\":3,");
  }

  @Test
  void whatIsNotThereSaysSoInJson() throws Exception {
    assertThat(get("/v1/nothing").statusCode()).isEqualTo(404);
    assertThat(get("/v1/nothing").body()).startsWith("{\"code\":5,").contains("\"NOT_FOUND\"");
    HttpResponse<String> wrongMethod = send(to("/v1/sessions/s1").PUT(BodyPublishers.noBody()));
    assertThat(wrongMethod.statusCode()).isEqualTo(404);
    assertThat(wrongMethod.body()).startsWith("{\"code\":5,");
  }

  @Test
  void tooMuchIsRefused() throws Exception {
    HttpResponse<String> refused =
        post("/v1/sessions", "{\"requestId\":\"" + "x".repeat(Edge.MAX_REQUEST_BYTES) + "\"}");
    assertThat(refused.statusCode()).isEqualTo(413);
    assertThat(refused.body()).startsWith("{\"code\":8,").contains("TOO_LARGE");
  }

  @Test
  void timeThatIsUpIsADeadline() throws Exception {
    HttpResponse<String> late = get("/v1/sessions/slow");
    assertThat(late.statusCode()).as(late.body()).isEqualTo(504);
    assertThat(late.body()).startsWith("{\"code\":4,");
  }

  @Test
  void foreignPagesAndReboundNamesStayOutside() throws Exception {
    HttpResponse<String> foreign = get("/v1/sessions/s1", "origin", "https://evil.example");
    assertThat(foreign.statusCode()).isEqualTo(403);
    assertThat(foreign.body()).startsWith("{\"code\":7,").contains("FORBIDDEN");
    assertThat(get("/v1/sessions/s1", "origin", "null").statusCode()).isEqualTo(403);
    String own = "http://127.0.0.1:" + edge.port();
    assertThat(get("/v1/sessions/s1", "origin", own).statusCode()).isEqualTo(200);
    try (RawHttp raw = new RawHttp(edge.port())) {
      assertThat(raw.get("/v1/sessions/s1", "evil.example:" + edge.port())).contains(" 403 ");
    }
    try (RawHttp raw = new RawHttp(edge.port())) {
      assertThat(raw.get("/v1/sessions/s1", "localhost:" + edge.port())).contains(" 200 ");
    }
  }

  @Test
  void eventsAreNumberedAndGoOnAfterTheLastOne() throws Exception {
    HttpResponse<String> all = get("/v1/sessions/s1:subscribe?after_seq=3");
    assertThat(all.headers().firstValue("content-type").orElseThrow())
        .startsWith("text/event-stream");
    assertThat(all.body())
        .isEqualTo(
            ": ok\n\n"
                + "id: 4\nevent: text_delta\n"
                + "data: {\"seq\":\"4\",\"textDelta\":{\"text\":\"word 4\"}}\n\n"
                + "id: 5\nevent: text_delta\n"
                + "data: {\"seq\":\"5\",\"textDelta\":{\"text\":\"word 5\"}}\n\n"
                + "id: 6\nevent: session_ended\ndata: {\"seq\":\"6\",\"sessionEnded\":"
                + "{\"cause\":\"SESSION_END_CAUSE_CLIENT\"}}\n\n"
                + "event: status\ndata: {}\n\n");
    String resumed = get("/v1/sessions/s1:subscribe?after_seq=1", "last-event-id", "5").body();
    assertThat(resumed).contains("id: 6").doesNotContain("id: 5", "id: 2");
  }

  @Test
  void aRefusedSubscriptionHasItsStatusAndABrokenOneSaysWhy() throws Exception {
    assertThat(get("/v1/sessions/gone:subscribe").statusCode()).isEqualTo(404);
    assertThat(get("/v1/sessions/s1:subscribe?after_seq=x").statusCode()).isEqualTo(400);
    assertThat(get("/v1/sessions/s1:subscribe?tiers=TIER_SMELL").statusCode()).isEqualTo(400);
    assertThat(get("/v1/sessions/broken:subscribe").body())
        .contains("id: 5")
        .contains("event: status\ndata: {\"code\":5,")
        .contains("SESSION_NOT_FOUND");
  }

  @Test
  void aSilentStreamBeginsAtOnceAndIsToldOfTheEnd() throws Exception {
    HttpResponse<Stream<String>> open =
        http.send(to("/v1/sessions/silent:subscribe").build(), BodyHandlers.ofLines());
    var lines = open.body().iterator();
    assertThat(lines.next()).isEqualTo(": ok");
    Thread.startVirtualThread(edge::close);
    assertThat(lines.next()).isEmpty();
    assertThat(lines.next()).isEqualTo("event: status");
    assertThat(lines.next()).startsWith("data: {\"code\":14,");
    assertThat(conversation.left.await(5, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aSlowReaderIsFeltUpstream() throws Exception {
    try (RawHttp raw = new RawHttp(edge.port())) {
      raw.ask("/v1/sessions/flood:subscribe", "localhost");
      int before = -1;
      while (conversation.sent.get() != before) {
        before = conversation.sent.get();
        assertThat(before).as("events that nobody takes").isLessThan(400);
        Thread.sleep(1_500);
      }
      assertThat(before).isPositive();
    }
    assertThat(conversation.left.await(5, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void grpcBothWaysAndItsFailures() {
    withChannel(channel -> {
      var stub = ConversationServiceGrpc.newBlockingStub(channel);
      GetSessionResponse one = stub.getSession(id("s1"));
      assertThat(one.getSession().getId()).isEqualTo("s1");
      StatusRuntimeException gone =
          Assertions.catchThrowableOfType(
              StatusRuntimeException.class, () -> stub.getSession(id("gone")));
      assertThat(gone.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
      assertThat(StatusProto.fromThrowable(gone).getDetailsCount()).isEqualTo(2);
      LinkedBlockingQueue<Object> heard = new LinkedBlockingQueue<>();
      StreamObserver<ClientEvent> in =
          ConversationServiceGrpc.newStub(channel).converse(into(heard));
      in.onNext(started());
      in.onNext(said("hello"));
      assertThat(((ServerEvent) take(heard)).getSeq()).isEqualTo(1);
      assertThat(((ServerEvent) take(heard)).getTextDelta().getText()).isEqualTo("hello");
      in.onCompleted();
      assertThat(((ServerEvent) take(heard)).hasSessionEnded()).isTrue();
      assertThat(take(heard)).isEqualTo("done");
    });
  }

  @Test
  void grpcWebInBytesAndInText() throws Exception {
    byte[] message = SubscribeRequest.newBuilder().setSessionId("s1").build().toByteArray();
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    DataOutputStream data = new DataOutputStream(frame);
    data.writeByte(0);
    data.writeInt(message.length);
    data.write(message);
    String path = "/parley.conversation.v1.ConversationService/Subscribe";
    byte[] answer =
        http.send(
                to(path)
                    .header("content-type", "application/grpc-web+proto")
                    .header("x-grpc-web", "1")
                    .POST(BodyPublishers.ofByteArray(frame.toByteArray()))
                    .build(),
                BodyHandlers.ofByteArray())
            .body();
    assertThat(answer[0]).isZero();
    int length = java.nio.ByteBuffer.wrap(answer, 1, 4).getInt();
    ServerEvent first = ServerEvent.parseFrom(Arrays.copyOfRange(answer, 5, 5 + length));
    assertThat(first.getSeq()).isEqualTo(1);
    assertThat(new String(answer, UTF_8)).contains("grpc-status: 0");
    String text =
        send(to(path)
                .header("content-type", "application/grpc-web-text+proto")
                .POST(
                    BodyPublishers.ofString(
                        Base64.getEncoder().encodeToString(frame.toByteArray()))))
            .body();
    assertThat(Base64.getDecoder().decode(text.substring(0, 8))[0]).isZero();
  }

  @Test
  void anOpenMicrophoneOverGrpcHasNoEnd() {
    withChannel(channel -> {
      LinkedBlockingQueue<Object> heard = new LinkedBlockingQueue<>();
      StreamObserver<ClientEvent> in =
          ConversationServiceGrpc.newStub(channel).converse(into(heard));
      in.onNext(started());
      take(heard);
      long sent = 0;
      while (sent < Edge.MAX_REQUEST_BYTES * 5L / 4) {
        in.onNext(sound());
        sent += sound().getAudioChunk().getData().size();
        assertThat(((ServerEvent) take(heard)).hasAudioDelta()).isTrue();
      }
    });
  }

  /** The largest piece of sound. */
  static ClientEvent sound() {
    return ClientEvent.newBuilder()
        .setAudioChunk(
            dev.parley.conversation.v1.AudioChunk.newBuilder()
                .setData(com.google.protobuf.ByteString.copyFrom(new byte[65_536])))
        .build();
  }

  @Test
  void anUnknownCallIsUnimplemented() {
    withChannel(channel -> {
      var stub = dev.parley.speech.v1.SpeechServiceGrpc.newBlockingStub(channel);
      StatusRuntimeException refused =
          Assertions.catchThrowableOfType(
              StatusRuntimeException.class,
              () -> stub.listVoices(dev.parley.speech.v1.ListVoicesRequest.getDefaultInstance()));
      assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.UNIMPLEMENTED);
      assertThat(StatusProto.fromThrowable(refused).getDetailsCount()).isEqualTo(1);
    });
  }

  @Test
  void mediaComesWholeInPartsAndByHead() throws Exception {
    HttpResponse<byte[]> whole =
        http.send(to("/v1/turns/t1/audio").build(), BodyHandlers.ofByteArray());
    assertThat(whole.statusCode()).isEqualTo(200);
    assertThat(whole.body()).isEqualTo(FakeConversation.WAV);
    assertThat(whole.headers().firstValue("content-type")).contains("audio/wav");
    String etag = whole.headers().firstValue("etag").orElseThrow();
    assertRange("bytes=10-19", 206, "bytes 10-19/200000", 10, 20);
    assertRange("bytes=199990-", 206, "bytes 199990-199999/200000", 199_990, 200_000);
    assertRange("bytes=-5", 206, "bytes 199995-199999/200000", 199_995, 200_000);
    assertRange("bytes=70000-140000", 206, "bytes 70000-140000/200000", 70_000, 140_001);
    assertThat(get("/v1/turns/t1/audio", "range", "bytes=200000-").statusCode()).isEqualTo(416);
    assertThat(get("/v1/turns/t1/audio", "range", "lines=1-2").statusCode()).isEqualTo(200);
    assertThat(get("/v1/turns/t1/audio", "if-none-match", etag).statusCode()).isEqualTo(304);
    assertThat(get("/v1/turns/t1/audio", "range", "bytes=0-1", "if-range", "\"x\"").statusCode())
        .isEqualTo(200);
    HttpResponse<String> head = send(to("/v1/turns/t1/audio").HEAD());
    assertThat(head.headers().firstValue("content-length")).contains("200000");
    HttpResponse<String> gone = get("/v1/turns/gone/audio");
    assertThat(gone.statusCode()).isEqualTo(404);
    assertThat(gone.body()).contains("SESSION_NOT_FOUND");
  }

  private void assertRange(String range, int status, String content, int from, int end)
      throws Exception {
    HttpResponse<byte[]> part =
        http.send(
            to("/v1/turns/t1/audio").header("range", range).build(), BodyHandlers.ofByteArray());
    assertThat(part.statusCode()).isEqualTo(status);
    assertThat(part.headers().firstValue("content-range")).contains(content);
    assertThat(part.body()).isEqualTo(Arrays.copyOfRange(FakeConversation.WAV, from, end));
  }

  @Test
  void audioAsItIsBecomesARequest() throws Exception {
    HttpResponse<String> answer =
        send(
            to("/v1/characters/mira:respond?session_id=s4&tiers=TIER_TEXT,TIER_VIDEO")
                .header("content-type", "audio/L16;rate=24000")
                .POST(BodyPublishers.ofByteArray(new byte[] {1, 2, 3})));
    assertThat(answer.body()).isEqualTo("{\"turn\":{\"id\":\"t1\"}}");
    var request = conversation.responded.get();
    assertThat(request.getCharacterId()).isEqualTo("mira");
    assertThat(request.getSessionId()).isEqualTo("s4");
    assertThat(request.getTiersCount()).isEqualTo(2);
    assertThat(request.getAudio().size()).isEqualTo(3);
    assertThat(request.getAudioFormat().getSampleRateHz()).isEqualTo(24_000);
    send(
        to("/v1/characters/mira:respond")
            .header("content-type", "audio/webm")
            .POST(BodyPublishers.ofByteArray(new byte[] {1})));
    assertThat(conversation.responded.get().getAudioFormat().getEncoding())
        .isEqualTo(AudioEncoding.AUDIO_ENCODING_CONTAINER);
    assertThat(post("/v1/characters/mira:respond", "{\"text\":\"hi\"}").body())
        .contains("\"inputText\":\"hi\"");
    HttpResponse<String> large =
        send(
            to("/v1/characters/mira:respond")
                .header("content-type", "audio/wav")
                .POST(BodyPublishers.ofByteArray(new byte[(8 << 20) + 1])));
    assertThat(large.statusCode()).isEqualTo(413);
  }

  @Test
  void pagesHealthAndTheirHeaders() throws Exception {
    HttpResponse<String> page = get("/talk/mira", "accept", "text/html");
    assertThat(page.body()).contains("<title>Parley</title>");
    assertThat(page.headers().firstValue("content-security-policy").orElseThrow())
        .contains("script-src 'self';");
    assertThat(page.headers().firstValue("cache-control")).contains("no-cache");
    assertThat(get("/").body()).contains("<title>Parley</title>");
    assertThat(get("/assets/app-1.js").headers().firstValue("cache-control").orElseThrow())
        .contains("immutable");
    HttpResponse<String> missing = get("/assets/none.js");
    assertThat(missing.statusCode()).isEqualTo(404);
    assertThat(missing.headers().firstValue("cache-control")).contains("no-store");
    assertThat(get("/healthz").statusCode()).isEqualTo(200);
    assertThat(get("/readyz").statusCode()).isEqualTo(503);
    assertThat(get("/readyz").body()).contains("\"memory\":\"not yet\"");
  }

  static GetSessionRequest id(String id) {
    return GetSessionRequest.newBuilder().setSessionId(id).build();
  }

  static ClientEvent started() {
    return ClientEvent.newBuilder()
        .setSessionStart(SessionStart.newBuilder().setCharacterId("mira"))
        .build();
  }

  static ClientEvent said(String text) {
    return ClientEvent.newBuilder().setTextInput(TextInput.newBuilder().setText(text)).build();
  }

  static ClientEvent ended() {
    return ClientEvent.newBuilder().setEndSession(EndSession.getDefaultInstance()).build();
  }

  static Object take(LinkedBlockingQueue<Object> queue) {
    try {
      Object taken = queue.poll(5, TimeUnit.SECONDS);
      assertThat(taken).as("something within 5 s").isNotNull();
      return taken;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static StreamObserver<ServerEvent> into(LinkedBlockingQueue<Object> queue) {
    return new StreamObserver<>() {
      @Override
      public void onNext(ServerEvent event) {
        queue.add(event);
      }

      @Override
      public void onError(Throwable thrown) {
        queue.add(thrown);
      }

      @Override
      public void onCompleted() {
        queue.add("done");
      }
    };
  }
}
