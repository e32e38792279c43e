package dev.parley.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.conversation.v1.GetTurnResponse;
import dev.parley.conversation.v1.ServerEvent;
import dev.parley.conversation.v1.SessionStart;
import dev.parley.conversation.v1.SessionStarted;
import dev.parley.conversation.v1.Tier;
import dev.parley.conversation.v1.Turn;
import dev.parley.kit.failure.Failure;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** All four carriers attach to the same log, so all of them tell the same. */
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CarriersTest {
  private static final Duration QUIET = Duration.ofMillis(500);
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private final Running parley = Running.shared();

  private static SessionStart start(String character, Tier... tiers) {
    return SessionStart.newBuilder()
        .setCharacterId(character)
        .setGreet(true)
        .addAllTiers(List.of(tiers))
        .build();
  }

  @Test
  void theSameConversationGivesTheSameEventsOnEveryCarrier() throws Exception {
    Map<Carrier, Told> told = new EnumMap<>(Carrier.class);
    for (Carrier carrier : Carrier.values()) {
      String character = parley.character("same-" + carrier.ordinal(), "Good evening to you.");
      try (var talk =
          carrier.open(
              parley.port(), start(character, Tier.TIER_TEXT, Tier.TIER_AUDIO, Tier.TIER_FACE))) {
        List<ServerEvent> events = Talking.until(talk, ServerEvent::hasTurnCompleted);
        talk.send(Talking.text(1, "What is your name?"));
        events.addAll(Talking.until(talk, ServerEvent::hasTurnCompleted));
        assertGapless(events);
        told.put(carrier, Told.of(events));
      }
    }
    Told grpc = told.get(Carrier.GRPC);
    assertThat(grpc.texts().getFirst()).isEqualTo("Good evening to you.");
    assertThat(grpc.voice().length).isGreaterThan(48_000);
    assertThat(grpc.faceFrames()).isGreaterThan(30);
    told.forEach((carrier, other) -> {
      assertThat(other.kinds()).as("%s", carrier).isEqualTo(grpc.kinds());
      assertThat(other.texts()).as("%s", carrier).isEqualTo(grpc.texts());
      assertThat(other.words()).as("%s", carrier).isEqualTo(grpc.words());
      assertThat(Arrays.equals(other.voice(), grpc.voice())).as("%s", carrier).isTrue();
      assertThat(other.faceFrames()).as("%s", carrier).isEqualTo(grpc.faceFrames());
    });
  }

  @ParameterizedTest
  @EnumSource
  void aConnectionCutMidWordGoesOnWithNothingLostOrRepeated(Carrier carrier) throws Exception {
    String character =
        parley.character(
            "cut-" + carrier.ordinal(), "Extraordinarily complicated conversations continue.");
    SessionStart start = start(character, Tier.TIER_TEXT, Tier.TIER_AUDIO);
    List<ServerEvent> events = new ArrayList<>();
    SessionStarted session;
    try (Link link = Link.to(parley.port())) {
      try (var talk = carrier.open(link.port(), start)) {
        events.addAll(Talking.until(talk, CarriersTest::midWord));
        session = events.getFirst().getSessionStarted();
        link.cut();
        drain(talk, events);
      }
      assertThat(events).noneMatch(ServerEvent::hasTurnCompleted);
      long last = events.stream().mapToLong(ServerEvent::getSeq).max().orElseThrow();
      try (var talk = carrier.resume(link.port(), session, start, last)) {
        Talking.until(talk, ServerEvent::hasTurnCompleted).stream()
            .filter(e -> !e.hasSessionStarted())
            .forEach(events::add);
      }
    }
    assertGapless(events);
    String id = events.getLast().getTurnId();
    Turn turn =
        Running.parse(parley.get("/v1/turns/" + id).body(), GetTurnResponse.newBuilder()).getTurn();
    Told told = Told.of(events);
    assertThat(told.words()).hasSameSizeAs(turn.getWordsList());
    byte[] wav = parley.bytes(turn.getAudioUri(), "").body();
    byte[] kept = Arrays.copyOfRange(wav, 44, wav.length);
    assertThat(told.voice().length - kept.length).as("all but a sample").isBetween(-2, 2);
    int same = Math.min(told.voice().length, kept.length);
    assertThat(Arrays.mismatch(Arrays.copyOf(told.voice(), same), Arrays.copyOf(kept, same)))
        .as("first byte that differs")
        .isEqualTo(-1);
  }

  @Test
  void aSessionOpenedOnOneCarrierIsWatchedOnAnother() throws Exception {
    String character = parley.character("watched", "Look at me.");
    SessionStart start = start(character, Tier.TIER_TEXT, Tier.TIER_AUDIO);
    try (var talk = Carrier.REST.open(parley.port(), start)) {
      SessionStarted session = talk.next(PATIENCE).orElseThrow().getSessionStarted();
      SessionStarted watching = session.toBuilder().setClientId("").build();
      try (var watcher = Carrier.GRPC_WEB.resume(parley.port(), watching, start, 2)) {
        Told seen = Told.of(Talking.until(watcher, ServerEvent::hasTurnCompleted));
        Told told = Told.of(Talking.until(talk, ServerEvent::hasTurnCompleted));
        assertThat(seen.words()).isEqualTo(told.words()).isNotEmpty();
        assertThat(Arrays.equals(seen.voice(), told.voice())).isTrue();
      }
    }
  }

  /** What had still come over before the wire was cut. */
  private static void drain(Carrier.Talk talk, List<ServerEvent> events) {
    try {
      for (var e = talk.next(QUIET); e.isPresent(); e = talk.next(QUIET)) {
        events.add(e.get());
      }
    } catch (IllegalStateException | Failure nothingMore) {
      assertThat(events).isNotEmpty();
    }
  }

  private static boolean midWord(ServerEvent event) {
    return event.hasAudioDelta() && event.getMediaTimeUs() > 400_000;
  }

  /** Every number of the log comes once and in order; what is outside the log has number 0. */
  private static void assertGapless(List<ServerEvent> events) {
    List<Long> numbers = events.stream().map(ServerEvent::getSeq).filter(n -> n > 0).toList();
    assertThat(numbers).doesNotHaveDuplicates().isSorted();
    long voiceEnd = 0;
    String turn = "";
    for (ServerEvent event : events) {
      if (event.hasAudioDelta()) {
        voiceEnd = turn.equals(event.getTurnId()) ? voiceEnd : 0;
        turn = event.getTurnId();
        assertThat(event.getMediaTimeUs()).as("no sound lost or repeated").isEqualTo(voiceEnd);
        voiceEnd += event.getAudioDelta().getDurationUs();
      }
    }
  }

  /** What was told, without what differs from one time to the next: ids, seeds, times of day. */
  private record Told(
      List<String> kinds, List<String> texts, List<String> words, byte[] voice, int faceFrames) {
    static Told of(List<ServerEvent> events) {
      ByteArrayOutputStream voice = new ByteArrayOutputStream();
      all(events, ServerEvent::hasAudioDelta)
          .forEach(e -> voice.writeBytes(e.getAudioDelta().getData().toByteArray()));
      int frames =
          all(events, e -> e.hasFaceFrames() && e.getFaceFrames().getSegmentId().isEmpty())
              .mapToInt(e -> e.getFaceFrames().getFrameCount())
              .sum();
      List<String> words =
          all(events, ServerEvent::hasWordSpoken)
              .map(e -> e.getWordSpoken())
              .map(w -> w.getWord() + " " + w.getSpan().getStartUs() + "-" + w.getSpan().getEndUs())
              .toList();
      return new Told(kinds(events), texts(events), words, voice.toByteArray(), frames);
    }

    private static List<String> texts(List<ServerEvent> events) {
      List<String> texts = new ArrayList<>();
      StringBuilder text = new StringBuilder();
      for (ServerEvent event : events) {
        if (event.hasTextDelta()) {
          text.append(event.getTextDelta().getText());
        } else if (event.hasTurnCompleted()) {
          texts.add(text.toString());
          assertThat(event.getTurnCompleted().getReplyText()).isEqualTo(text.toString());
          text.setLength(0);
        }
      }
      return texts;
    }

    /** Which kinds of small events came, in order; media comes in pieces of any size. */
    private static List<String> kinds(List<ServerEvent> events) {
      return events.stream()
          .filter(e -> !e.hasAudioDelta() && !e.hasFaceFrames() && !e.hasTextDelta())
          .filter(e -> !e.hasProblem()) // A memory that came too late is left out, and said.
          .map(e -> Optional.of(e.getEventCase().name()).orElseThrow())
          .toList();
    }

    private static Stream<ServerEvent> all(
        List<ServerEvent> events, Predicate<ServerEvent> wanted) {
      return events.stream().filter(wanted);
    }
  }
}
