package dev.parley.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.parley.conversation.v1.ClientEvent;
import dev.parley.conversation.v1.GetTurnResponse;
import dev.parley.conversation.v1.Interrupt;
import dev.parley.conversation.v1.PlaybackAck;
import dev.parley.conversation.v1.ServerEvent;
import dev.parley.conversation.v1.Tier;
import dev.parley.conversation.v1.Turn;
import dev.parley.conversation.v1.TurnState;
import dev.parley.conversation.v1.VideoFormat;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Films of turns, streamed while they are spoken and fetched later, as FFmpeg sees them. */
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FilmTest {
  private static final double FRAME = 1 / 30.0;
  private static final double BLOCK = 1024 / 24_000.0;
  private static final VideoFormat SMALL =
      VideoFormat.newBuilder().setWidth(256).setHeight(256).build();
  private final Running parley = Running.shared();
  @TempDir private Path folder;

  @BeforeEach
  void ffmpegIsThere() {
    Assumptions.assumeTrue(Film.canBeSeen(), "ffprobe");
  }

  @Test
  void aStreamedFilmPlaysWithoutAGapAndBeginsBeforeTheVoiceIsWhole() throws Exception {
    parley.character(
        "streamed", "Good evening. " + "We happen to keep a paper copy of it. ".repeat(3));
    String warm = "{\"text\":\"Hi.\",\"tiers\":[\"TIER_VIDEO\"],\"video\":{\"width\":256}}";
    assertThat(parley.post("/v1/characters/streamed:respond", warm).statusCode()).isEqualTo(200);
    var start =
        Talking.with("streamed", Tier.TIER_TEXT, Tier.TIER_VIDEO).setGreet(true).setVideo(SMALL);
    List<ServerEvent> events;
    long firstNanos = 0;
    try (var talk = Carrier.GRPC.open(parley.port(), start.build())) {
      events = Talking.until(talk, e -> e.hasVideoFragment() && !e.getVideoFragment().getInit());
      firstNanos = System.nanoTime();
      assertThat(events).as("the turn goes on").noneMatch(ServerEvent::hasTurnCompleted);
      events.addAll(Talking.until(talk, ServerEvent::hasTurnCompleted));
    }
    double ahead = (System.nanoTime() - firstNanos) / 1e9;
    List<ServerEvent> fragments = events.stream().filter(ServerEvent::hasVideoFragment).toList();
    assertThat(fragments.getFirst().getVideoFragment().getInit()).isTrue();
    long next = 0;
    for (ServerEvent fragment : fragments) {
      assertThat(fragment.getMediaTimeUs()).as("no gap between fragments").isEqualTo(next);
      next += fragment.getVideoFragment().getDurationUs();
    }
    assertThat(ahead).as("seconds from the first fragment to the end").isGreaterThan(next / 2e6);
    Path file = folder.resolve("streamed.mp4");
    try (var out = Files.newOutputStream(file)) {
      for (ServerEvent fragment : fragments) {
        fragment.getVideoFragment().getData().writeTo(out);
      }
    }
    assertSound(new Film(file), next / 1e6);
  }

  @Test
  void everyTurnHasAFilmAlsoOneThatWasMadeWithoutVideo() throws Exception {
    parley.character("unfilmed", "");
    var answer = parley.post("/v1/characters/unfilmed:respond", "{\"text\":\"Who are you?\"}");
    String id = answer.body().replaceAll("(?s).*?\"id\": ?\"([^\"]+)\".*", "$1");
    assertFilm(turn(id));
  }

  @Test
  void theFilmOfAnInterruptedTurnEndsWhereItWasHeard() throws Exception {
    parley.character(
        "unheard", "Good evening. " + "We happen to keep a paper copy of it. ".repeat(3));
    String id;
    var start = Talking.with("unheard", Tier.TIER_TEXT, Tier.TIER_AUDIO).setGreet(true);
    try (var talk = Carrier.GRPC.open(parley.port(), start.build())) {
      id =
          Talking.until(talk, e -> e.hasAudioDelta() && e.getMediaTimeUs() >= 1_200_000)
              .getLast()
              .getTurnId();
      talk.send(
          ClientEvent.newBuilder()
              .setClientSeq(1)
              .setPlaybackAck(PlaybackAck.newBuilder().setTurnId(id).setPlayedUs(1_000_000))
              .build());
      talk.send(
          ClientEvent.newBuilder()
              .setClientSeq(2)
              .setInterrupt(Interrupt.newBuilder().setTurnId(id).setHeardUs(1_000_000))
              .build());
      Talking.until(talk, ServerEvent::hasTurnCompleted);
    }
    Turn turn = turn(id);
    assertThat(turn.getState()).isEqualTo(TurnState.TURN_STATE_INTERRUPTED);
    assertThat(seconds(turn)).isCloseTo(1, within(.05));
    assertFilm(turn);
  }

  @Test
  void aSizeThatNoFilmHasIsRefusedByName() throws Exception {
    for (int width : new int[] {254, 257, 1026}) {
      var answer =
          parley.post(
              "/v1/characters/ada:respond",
              "{\"text\":\"Hi.\",\"tiers\":[\"TIER_VIDEO\"],\"video\":{\"width\":" + width + "}}");
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
      assertThat(answer.body()).contains("width").contains("256 to 1024");
    }
  }

  private void assertFilm(Turn turn) throws Exception {
    var whole = parley.bytes(turn.getVideoUri(), "");
    assertThat(whole.statusCode()).isEqualTo(200);
    assertThat(whole.headers().firstValue("content-type")).contains("video/mp4");
    var part = parley.bytes(turn.getVideoUri(), "bytes=4-7");
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(new String(part.body())).isEqualTo("ftyp");
    var head =
        parley.send(
            HttpRequest.newBuilder(parley.to(turn.getVideoUri()).build().uri()), "HEAD", "");
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.headers().firstValue("content-length")).contains("" + whole.body().length);
    Path file = folder.resolve(turn.getId() + ".mp4");
    Files.write(file, whole.body());
    assertSound(new Film(file), seconds(turn));
    assertThat(lastCaption(turn)).isLessThanOrEqualTo(seconds(turn) + .001);
  }

  private double lastCaption(Turn turn) throws Exception {
    String vtt = parley.get(turn.getCaptionsUri()).body();
    String end = vtt.substring(vtt.lastIndexOf("--> ") + 4).split("\n")[0];
    String[] f = end.split(":");
    return Integer.parseInt(f[0]) * 3600 + Integer.parseInt(f[1]) * 60 + Double.parseDouble(f[2]);
  }

  /** Plays, begins at 0 in both tracks, lasts as long as it should, and has no gap anywhere. */
  static void assertSound(Film film, double seconds) throws Exception {
    assertThat(film.complaints()).isEmpty();
    List<String> boxes = film.boxes();
    assertThat(boxes.subList(0, 2)).containsExactly("ftyp", "moov");
    assertThat(boxes.subList(2, boxes.size())).containsOnly("moof", "mdat").hasSizeGreaterThan(2);
    var pictures = film.packets("v");
    var voice = film.packets("a");
    assertThat(pictures.getFirst().start()).isZero();
    assertThat(pictures.getFirst().key()).isTrue();
    assertThat(voice.getFirst().start()).isCloseTo(0, within(.001));
    assertEven(pictures, FRAME);
    assertEven(voice, BLOCK);
    assertThat(pictures.stream().filter(Film.Packet::key))
        .as("key pictures stand at the beginning of fragments, six a second")
        .allSatisfy(p -> assertThat(p.start() * 6 % 1).isCloseTo(0, within(.001)));
    double pictureEnd = pictures.getLast().start() + FRAME;
    assertThat(pictureEnd).isCloseTo(seconds, within(FRAME + .002));
    double lastBlock = voice.getLast().start();
    assertThat(lastBlock).isBetween(pictureEnd - BLOCK - FRAME, pictureEnd);
  }

  private static void assertEven(List<Film.Packet> track, double step) {
    for (int i = 1; i < track.size(); i++) {
      assertThat(track.get(i).start() - track.get(i - 1).start()).isCloseTo(step, within(.0011));
    }
  }

  private Turn turn(String id) throws Exception {
    return Running.parse(parley.get("/v1/turns/" + id).body(), GetTurnResponse.newBuilder())
        .getTurn();
  }

  private static double seconds(Turn turn) {
    return turn.getMediaDuration().getSeconds() + turn.getMediaDuration().getNanos() / 1e9;
  }
}
