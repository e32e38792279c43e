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
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every process of the mesh is killed with signal 9 while a character speaks, {@code
 * -Dparley.kills=N} times (3): each word is said once, in its order, and the voice has no gap on
 * its clock. What was measured is printed, a line a kill.
 */
@EnabledIfSystemProperty(named = "parley.long", matches = "true")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MeshKillsTest {
  private static final int KILLS = Integer.getInteger("parley.kills", 3);
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
    parley = RunningMesh.on(folder);
    String harbour =
        "{\"character\":{\"id\":\"harbour\",\"displayName\":\"H\",\"greeting\":\"" + SAID + "\"}}";
    parley.post("/v1/characters", harbour, "content-type", "application/json");
    client().listen();
    SteadyClient undisturbed = client().listen();
    words = undisturbed.words();
    assertThat(undisturbed.text()).isEqualTo(SAID);
    assertThat(words).hasSizeGreaterThan(20);
  }

  @AfterAll
  static void stop() {
    if (parley != null) {
      parley.close();
    }
  }

  @Order(1)
  @ParameterizedTest
  @ValueSource(
      strings = {"orchestrator", "speech", "render", "memory", "document", "objects", "envoy"})
  void whoeverIsKilledNoWordIsLostAndNoneRepeated(String service) throws Exception {
    for (int i = 0; i < KILLS; i++) {
      Row victim = rows(service).get(i % rows(service).size());
      said(service, () -> kill(victim.pid()));
      Row before = victim;
      await(
          victim.name(),
          () -> {
            Row now = parley.row(before.name());
            return now.ready() && now.restarts() > before.restarts();
          });
    }
  }

  @Order(2)
  @ParameterizedTest
  @ValueSource(strings = {"redis-server", "postgres"})
  void whicheverStoreIsKilledTheSentenceGoesOn(String store) throws Exception {
    for (int i = 0; i < KILLS; i++) {
      long pid = store.equals("postgres") ? postmaster() : redis();
      said(store, () -> kill(pid));
      await(
          store,
          () ->
              parley.get("/v1/characters/harbour").statusCode() == 200
                  && client().listen().returns() == 0);
    }
  }

  @Order(3)
  @Test
  void aDeployUnderLiveSessionsDropsNoWord() throws Exception {
    int sessions = Integer.getInteger("parley.sessions", 5);
    List<CompletableFuture<SteadyClient>> talks = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Row replica : rows("orchestrator")) {
        List<SteadyClient> clients = new ArrayList<>();
        for (int i = 0; i < sessions; i++) {
          SteadyClient client = client();
          clients.add(client);
          talks.add(CompletableFuture.supplyAsync(() -> listen(client), threads));
        }
        await("the voices", () -> clients.stream().allMatch(SteadyClient::isSpeaking));
        ProcessHandle.of(replica.pid()).orElseThrow().destroy();
        await(
            replica.name(),
            () -> {
              Row now = parley.row(replica.name());
              return now.ready() && now.restarts() > replica.restarts();
            });
      }
      for (var talk : talks) {
        check("deploy", talk.get(120, TimeUnit.SECONDS));
      }
    }
  }

  /** One greeting, in the midst of which that happens. */
  private void said(String what, Runnable happens) throws Exception {
    SteadyClient client = client();
    CompletableFuture<SteadyClient> talk =
        CompletableFuture.supplyAsync(() -> listen(client), task -> Thread.ofVirtual().start(task));
    await("the voice", client::isSpeaking);
    TimeUnit.MILLISECONDS.sleep(random.nextInt(3_000));
    happens.run();
    check(what, talk.get(150, TimeUnit.SECONDS));
  }

  private static void check(String what, SteadyClient client) {
    System.out.printf(
        "killed %-14s silence %5d ms, returns %d, seams %s, problems %s%n",
        what,
        client.longestSilence().toMillis(),
        client.returns(),
        client.seams(),
        client.problems());
    assertThat(client.text()).as(what).isEqualTo(SAID);
    assertThat(client.words()).as(what).isEqualTo(words);
    assertThat(client.seams()).as(what).isEmpty();
  }

  private static SteadyClient listen(SteadyClient client) {
    try {
      return client.listen();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static SteadyClient client() {
    SessionStart start =
        Talking.with("harbour", Tier.TIER_TEXT, Tier.TIER_AUDIO, Tier.TIER_FACE)
            .setGreet(true)
            .build();
    return new SteadyClient(parley.port(), start);
  }

  private static List<Row> rows(String service) {
    return parley.mesh().table().stream().filter(it -> it.name().startsWith(service)).toList();
  }

  private static void kill(long pid) {
    ProcessHandle.of(pid).orElseThrow().destroyForcibly();
  }

  private static long postmaster() throws Exception {
    return Long.parseLong(
        Files.readAllLines(folder.resolve("postgres/data/postmaster.pid")).getFirst().strip());
  }

  private static long redis() {
    return ProcessHandle.current()
        .descendants()
        .filter(it -> it.info().command().orElse("").contains("redis-server"))
        .findFirst()
        .orElseThrow()
        .pid();
  }

  /** What may fail while it is not so yet. */
  private interface Sought {
    boolean isSo() throws Exception;
  }

  private static void await(String what, Sought sought) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(120).toNanos();
    while (!is(sought)) {
      assertThat(System.nanoTime()).as("%s; %s", what, parley.told()).isLessThan(end);
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  private static boolean is(Sought sought) {
    try {
      return sought.isSo();
    } catch (Exception notYet) {
      return false;
    }
  }
}
