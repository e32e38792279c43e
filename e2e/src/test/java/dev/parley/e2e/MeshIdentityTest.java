package dev.parley.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.parley.conversation.v1.ServerEvent;
import dev.parley.conversation.v1.Tier;
import dev.parley.kit.failure.Failure;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** A mesh that demands to know who calls, and how long it takes to stop. */
@EnabledIfSystemProperty(named = "parley.long", matches = "true")
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MeshIdentityTest {
  private static final Duration STOP = Duration.ofSeconds(20);
  private static final List<String> AREAS =
      List.of(
          "/v1/me", "/v1/characters", "/v1/voices", "/v1/avatars", "/v1/memories", "/v1/documents");

  @TempDir private static Path folder;
  private static RunningMesh parley;

  @BeforeAll
  static void start() {
    assumeTrue(RunningMesh.isPossible(), "no Envoy on this machine (./parley test fetches it)");
    parley = RunningMesh.on(folder, "--identity.required=true");
  }

  @AfterAll
  static void stop() {
    if (parley != null) {
      long begun = System.nanoTime();
      parley.close();
      Duration took = Duration.ofNanos(System.nanoTime() - begun);
      System.out.println("the mesh stopped within " + took);
      assertThat(took).isLessThan(STOP);
    }
  }

  @Test
  void withoutACredentialNobodyComesInAndThePageIsThere() throws Exception {
    for (String area : AREAS) {
      HttpResponse<String> answer = parley.get(area);
      assertThat(answer.statusCode()).as(area + answer.body()).isEqualTo(401);
      assertThat(answer.body()).contains("\"code\":16");
    }
    assertThat(parley.get("/").statusCode()).isEqualTo(200);
    assertThatThrownBy(() -> greeted(new Metadata()))
        .isInstanceOfSatisfying(
            Failure.class, it -> assertThat(it.code()).isEqualTo(Failure.Code.UNAUTHENTICATED));
    assertThat(Newcomer.connect(parley, "made-up")).isEqualTo(401);
  }

  @Test
  void whoSignedUpConversesByTokenAndByKey() throws Exception {
    Newcomer mira = Newcomer.of(parley);
    for (String area : AREAS) {
      assertThat(mira.get(area).statusCode()).as(area).isEqualTo(200);
    }
    assertThat(greeted(headers("authorization", mira.bearer()))).isNotEmpty();
    String key = mira.key("{\"displayName\":\"all\"}");
    assertThat(greeted(headers("x-api-key", key))).isNotEmpty();
    assertThat(Newcomer.connect(parley, mira.ticket())).isEqualTo(101);
    assertThatThrownBy(() -> greeted(headers("x-api-key", key + "x")))
        .isInstanceOfSatisfying(
            Failure.class, it -> assertThat(it.code()).isEqualTo(Failure.Code.UNAUTHENTICATED));
  }

  /** What the character says to whoever shows that. */
  private static List<ServerEvent> greeted(Metadata shown) throws InterruptedException {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", parley.port())
            .usePlaintext()
            .intercept(MetadataUtils.newAttachHeadersInterceptor(shown))
            .build();
    var start = Talking.with("ada", Tier.TIER_TEXT, Tier.TIER_AUDIO).setGreet(true).build();
    try (var talk = new GrpcTalk(channel, start)) {
      List<ServerEvent> events = Talking.until(talk, ServerEvent::hasTurnCompleted);
      assertThat(Talking.voice(events).length).isGreaterThan(24_000);
      return events;
    } finally {
      channel.awaitTermination(1, TimeUnit.SECONDS);
    }
  }

  private static Metadata headers(String name, String value) {
    Metadata headers = new Metadata();
    headers.put(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER), value);
    return headers;
  }
}
