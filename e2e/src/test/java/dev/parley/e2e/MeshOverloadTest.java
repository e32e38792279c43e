package dev.parley.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.parley.conversation.v1.AttachMode;
import dev.parley.conversation.v1.ClientEvent;
import dev.parley.conversation.v1.Interrupt;
import dev.parley.conversation.v1.ServerEvent;
import dev.parley.conversation.v1.SessionStart;
import dev.parley.conversation.v1.SessionStarted;
import dev.parley.conversation.v1.Tier;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Others ask ten times as much as they may, or do not read what they asked for, while characters
 * speak: voices have no gap, interruptions are prompt, memory is bounded, refusals say when to come
 * back. What was measured is printed.
 */
@EnabledIfSystemProperty(named = "parley.long", matches = "true")
@Timeout(value = 400, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MeshOverloadTest {
  private static final int ALLOWED = 30;
  private static final int SECONDS = Integer.getInteger("parley.seconds", 60);
  private static final int READERS = Integer.getInteger("parley.readers", 1_000);
  private static final Duration GAP = Duration.ofMillis(500);
  private static final String SAID =
      "We keep a paper copy of all that the harbour wrote. ".repeat(6);

  @TempDir private static Path folder;
  private static RunningMesh parley;

  @BeforeAll
  static void start() throws Exception {
    assumeTrue(RunningMesh.isPossible(), "no Envoy on this machine (./parley test fetches it)");
    parley =
        RunningMesh.on(folder, "--orchestrator.warm-up=true", "--mesh.calls-of-one=" + ALLOWED);
    String keeper =
        "{\"character\":{\"id\":\"keeper\",\"displayName\":\"K\",\"greeting\":\"" + SAID + "\"}}";
    assertThat(parley.post("/v1/characters", keeper, "content-type", "application/json").body())
        .contains("keeper");
    for (int i = 0; i < 5; i++) {
      interrupted();
    }
  }

  @AfterAll
  static void stop() {
    if (parley != null) {
      parley.close();
    }
  }

  @Test
  void whoAsksTenTimesTooMuchIsToldWhenToComeBackAndNobodyElseNotices() throws Exception {
    Prompt alone = interruptions(Duration.ofSeconds(SECONDS / 4));
    URI asked = parley.to("/v1/characters?pageSize=1").build().uri();
    Insistent crowd = Insistent.begin(asked, 10 * ALLOWED);
    try (MemoryWatch memory = MemoryWatch.of(parley.mesh())) {
      Prompt prompt = interruptions(Duration.ofSeconds(SECONDS));
      crowd.close();
      System.out.printf(
          "asked %d times in %d s (%d a second allowed), %d refused, %d without an answer%n"
              + "alone: %s%nin the crowd: %s%n%s%n",
          crowd.asked(),
          SECONDS,
          ALLOWED,
          crowd.refused().size(),
          crowd.lost().size(),
          alone,
          prompt,
          memory);
      assertThat(crowd.lost()).isEmpty();
      assertThat(crowd.asked()).isGreaterThan(5 * ALLOWED * SECONDS);
      assertThat(crowd.refused()).hasSizeGreaterThan(crowd.asked() / 2);
      assertThat(crowd.refused())
          .allSatisfy(it -> assertThat(it).contains("429 ", "RATE_LIMITED", "RetryInfo"));
      assertThat(prompt.gap()).isLessThan(GAP);
      assertThat(memory.grewMb()).isLessThan(400);
    }
  }

  @Test
  void aThousandWhoDoNotReadHarmNobody() throws Exception {
    List<StalledClient> readers = new ArrayList<>();
    try (MemoryWatch memory = MemoryWatch.of(parley.mesh());
        var watched = Carrier.GRPC.open(parley.port(), greeted())) {
      SessionStarted session = watched.next(Talking.PATIENCE).orElseThrow().getSessionStarted();
      Thread.ofVirtual().start(() -> Talking.until(watched, _ -> false));
      for (int i = 0; i < READERS; i++) {
        readers.add(
            StalledClient.open(
                parley.port(), Carrier.GRPC, watching(session), "127.0.0." + (10 + i % 10)));
        TimeUnit.MILLISECONDS.sleep(10);
      }
      Prompt prompt = interruptions(Duration.ofSeconds(SECONDS / 2));
      System.out.printf("%d who do not read: %s%n%s%n", readers.size(), prompt, memory);
      assertThat(prompt.gap()).isLessThan(GAP);
      assertThat(memory.grewMb()).as("a megabyte each").isLessThan(READERS);
    } finally {
      for (StalledClient it : readers) {
        it.close();
      }
    }
  }

  /**
   * How voices fared: times from an interruption to its word at the client, and the longest gap.
   */
  private record Prompt(List<Duration> times, Duration gap) {
    @Override
    public String toString() {
      return "%d interruptions: p50 %.1f ms, p99 %.1f ms, longest %.1f ms; longest gap of a voice %d ms"
          .formatted(times.size(), at(0.5), at(0.99), at(1), gap.toMillis());
    }

    private double at(double share) {
      int rank = (int) Math.ceil(share * times.size());
      return times.stream().sorted().toList().get(Math.max(0, rank - 1)).toNanos() / 1e6;
    }
  }

  /** One character speaks all the time; others are interrupted one after the other. */
  private static Prompt interruptions(Duration time) throws Exception {
    long end = System.nanoTime() + time.toNanos();
    CompletableFuture<Duration> spoken =
        CompletableFuture.supplyAsync(() -> spoken(end), task -> Thread.ofVirtual().start(task));
    List<Duration> times = new ArrayList<>();
    while (System.nanoTime() < end) {
      interrupted().ifPresent(times::add);
    }
    return new Prompt(times, spoken.get(120, TimeUnit.SECONDS));
  }

  private static Duration spoken(long end) {
    Duration longest = Duration.ZERO;
    while (System.nanoTime() < end) {
      Duration gap = new SteadyClient(parley.port(), greeted()).heard().longestSilence();
      longest = gap.compareTo(longest) > 0 ? gap : longest;
    }
    return longest;
  }

  /** Empty where two busy cores had no time for that voice, which its listener is told. */
  private static Optional<Duration> interrupted() {
    try (var talk = Carrier.GRPC.open(parley.port(), greeted())) {
      var first = Talking.until(talk, it -> it.hasAudioDelta() || it.hasTurnCompleted());
      if (first.isEmpty() || !first.getLast().hasAudioDelta()) {
        return Optional.empty();
      }
      long begun = System.nanoTime();
      talk.send(
          ClientEvent.newBuilder()
              .setClientSeq(1)
              .setInterrupt(Interrupt.getDefaultInstance())
              .build());
      var events = Talking.until(talk, ServerEvent::hasInterrupted);
      assertThat(events.getLast().hasInterrupted()).as("%s", events.getLast()).isTrue();
      return Optional.of(Duration.ofNanos(System.nanoTime() - begun));
    }
  }

  private static SessionStart greeted() {
    return Talking.with("keeper", Tier.TIER_TEXT, Tier.TIER_AUDIO).setGreet(true).build();
  }

  private static SessionStart.Builder watching(SessionStarted session) {
    SessionStart.Builder start = SessionStart.newBuilder();
    start.addTiers(Tier.TIER_TEXT).addTiers(Tier.TIER_AUDIO);
    start.setAttachMode(AttachMode.ATTACH_MODE_WATCHER);
    start
        .getResumeBuilder()
        .setSessionId(session.getSessionId())
        .setResumeToken(session.getResumeToken());
    return start;
  }
}
