package dev.parley.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.parley.conversation.v1.SessionStart;
import dev.parley.conversation.v1.Tier;
import dev.parley.mesh.Row;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every process of the mesh is killed with signal 9 while characters speak, {@code
 * -Dparley.kills=N} times (3), and all are told to stop one after the other: each word is said
 * once, in its order, and the voice has no seam on its clock. What was measured is printed. With
 * {@code -Dparley.victims=speech+memory,envoy} a process of speech and memory are killed within the
 * same sentence, then Envoy.
 */
@EnabledIfSystemProperty(named = "parley.long", matches = "true")
@TestMethodOrder(org.junit.jupiter.api.MethodOrderer.OrderAnnotation.class)
class MeshKillsTest {
  private static final int KILLS = Integer.getInteger("parley.kills", 3);

  /** Seconds a process has to itself after its start: nobody is killed again within them. */
  private static final int YOUTH = Integer.getInteger("parley.youth", 12);

  private static final int LISTENERS = Integer.getInteger("parley.listeners", 2);
  private static final int SESSIONS = Integer.getInteger("parley.sessions", 20);
  private static final Duration LONGEST = Duration.ofSeconds(2);
  private static final List<String> DOUBLED = List.of("orchestrator", "speech", "render");
  private static final String SAID =
      "Every morning before the harbour wakes I carry seven lanterns down these narrow stairs,"
          + " count all gulls upon that wall, and write their number in a small blue book.";

  @TempDir private static Path folder;
  private static RunningMesh parley;
  private static List<String> words;
  private final Random random = new Random(9);

  @BeforeAll
  static void start() throws Exception {
    assumeTrue(RunningMesh.isPossible(), "no Envoy on this machine (./parley test fetches it)");
    parley = RunningMesh.on(folder, "--orchestrator.warm-up=true");
    String harbour =
        "{\"character\":{\"id\":\"harbour\",\"displayName\":\"H\",\"greeting\":\"" + SAID + "\"}}";
    var made = parley.post("/v1/characters", harbour, "content-type", "application/json");
    assertThat(made.statusCode()).as(made.body()).isEqualTo(200);
    client().listen();
    SteadyClient undisturbed = client().listen();
    words = undisturbed.words();
    assertThat(undisturbed.text()).isEqualTo(SAID);
    assertThat(words).hasSizeGreaterThan(20);
    System.out.println("undisturbed: silence " + undisturbed.longestSilence());
  }

  @AfterAll
  static void stop() {
    if (parley != null) {
      System.out.println(parley.told());
      parley.close();
    }
  }

  static List<String> processes() {
    return Stream.of(
            System.getProperty(
                    "parley.victims",
                    "orchestrator,speech,render,memory,document,objects,envoy,redis,postgres")
                .split(","))
        .toList();
  }

  @Order(1)
  @ParameterizedTest
  @MethodSource("processes")
  void whoeverIsKilledNoWordIsLostAndNoneRepeated(String service) throws Exception {
    KillSeries series = new KillSeries(service, SAID, words);
    List<String> services = List.of(service.split("\\+"));
    boolean doubled = services.stream().anyMatch(DOUBLED::contains);
    for (int i = 0; i < KILLS; i++) {
      List<SteadyClient> clients = new ArrayList<>();
      List<CompletableFuture<SteadyClient>> talks = listening(clients);
      parley.await("the voices", () -> clients.stream().allMatch(SteadyClient::isSpeaking));
      List<Row> victims = killed(services, i);
      series.killed();
      hear(talks, series);
      System.out.println(series);
      for (Row victim : victims) {
        parley.awaitBack(victim);
      }
      TimeUnit.SECONDS.sleep(doubled ? YOUTH : 0);
    }
    assertThat(series.wrong()).isEmpty();
    if (doubled) {
      assertThat(series.silence(0.95)).isLessThan(LONGEST);
    }
  }

  /** One process of each, at moments of their own within three seconds. */
  private List<Row> killed(List<String> services, int round) throws Exception {
    List<Row> victims = new ArrayList<>();
    for (String service : services) {
      TimeUnit.MILLISECONDS.sleep(random.nextInt(3_000 / services.size()));
      Row victim = parley.speaker(service, round);
      ProcessHandle.of(victim.pid()).orElseThrow().destroyForcibly();
      victims.add(victim);
    }
    return victims;
  }

  @Order(2)
  @Test
  void theFilmOfATurnThatChangedItsOwnerIsWhole() throws Exception {
    assumeTrue(Film.canBeSeen(), "ffprobe");
    List<SteadyClient> clients = new ArrayList<>();
    List<CompletableFuture<SteadyClient>> talks = listening(clients);
    parley.await("the voices", () -> clients.stream().allMatch(SteadyClient::isSpeaking));
    Row victim = parley.speaker("orchestrator", 0);
    ProcessHandle.of(victim.pid()).orElseThrow().destroyForcibly();
    SteadyClient heard = talks.getFirst().get(150, TimeUnit.SECONDS);
    Path film = folder.resolve("taken-over.mp4");
    parley.await(
        "the film",
        () -> {
          var answer = parley.bytes("/v1/turns/" + heard.turnId() + "/video");
          Files.write(film, answer.body());
          return answer.statusCode() == 200;
        });
    FilmTest.assertSound(new Film(film), heard.voiceSeconds());
    parley.awaitBack(victim);
  }

  @Order(3)
  @Test
  void aDeployUnderLiveSessionsDropsNoWord() throws Exception {
    try (Crowd crowd = new Crowd(parley.port(), SESSIONS, MeshKillsTest::client)) {
      parley.await("all to talk", crowd::isTalking);
      for (String service : List.of("orchestrator", "speech", "render", "document", "memory")) {
        for (Row replica : parley.rows(service)) {
          ProcessHandle.of(replica.pid()).orElseThrow().destroy();
          parley.awaitBack(replica);
        }
      }
      KillSeries series = new KillSeries("deploy", SAID, words);
      crowd.end(series);
      System.out.println(series);
      System.out.println(crowd);
      assertThat(series.wrong()).isEmpty();
      assertThat(crowd.wrong()).isEmpty();
    }
  }

  private static List<CompletableFuture<SteadyClient>> listening(List<SteadyClient> clients) {
    List<CompletableFuture<SteadyClient>> talks = new ArrayList<>();
    for (int i = 0; i < LISTENERS; i++) {
      SteadyClient client = client();
      clients.add(client);
      talks.add(
          CompletableFuture.supplyAsync(client::heard, task -> Thread.ofVirtual().start(task)));
    }
    return talks;
  }

  private static void hear(List<CompletableFuture<SteadyClient>> talks, KillSeries series)
      throws Exception {
    for (var talk : talks) {
      try {
        series.heard(talk.get(150, TimeUnit.SECONDS));
      } catch (java.util.concurrent.ExecutionException lost) {
        series.lost(lost.getCause());
      }
    }
  }

  private static SteadyClient client() {
    SessionStart start =
        Talking.with("harbour", Tier.TIER_TEXT, Tier.TIER_AUDIO, Tier.TIER_FACE)
            .setGreet(true)
            .build();
    return new SteadyClient(parley.port(), start);
  }
}
