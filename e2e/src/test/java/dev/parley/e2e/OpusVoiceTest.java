package dev.parley.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.conversation.v1.GetTurnResponse;
import dev.parley.conversation.v1.ServerEvent;
import dev.parley.conversation.v1.SessionStart;
import dev.parley.conversation.v1.Tier;
import dev.parley.kit.concurrent.NativePool;
import dev.parley.speechsvc.ffmpeg.FfmpegOpus;
import dev.parley.type.v1.AudioEncoding;
import dev.parley.type.v1.AudioFormat;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The character's voice as Opus packets in the session's stream. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OpusVoiceTest {
  private static final int RATE_HZ = 24_000;
  private final Running parley = Running.shared();

  private static SessionStart start(String character, int rateHz) {
    var format =
        AudioFormat.newBuilder()
            .setEncoding(AudioEncoding.AUDIO_ENCODING_OPUS)
            .setSampleRateHz(rateHz);
    return Talking.with(character, Tier.TIER_TEXT, Tier.TIER_AUDIO)
        .setGreet(true)
        .setOutputAudio(format)
        .build();
  }

  @ParameterizedTest
  @EnumSource(names = {"GRPC", "WEB_SOCKET"})
  void packetsFollowEachOtherAndHoldTheVoiceThatIsKept(Carrier carrier) throws Exception {
    String words = "Good evening to you. I keep bees. They are quiet at night, as a rule.";
    String character = parley.character("opus-" + carrier.ordinal(), words);
    List<ServerEvent> events;
    try (var talk = carrier.open(parley.port(), start(character, RATE_HZ))) {
      events = Talking.until(talk, ServerEvent::hasTurnCompleted);
    }
    var agreed = events.getFirst().getSessionStarted().getOutputAudio();
    assertThat(agreed.getEncoding()).isEqualTo(AudioEncoding.AUDIO_ENCODING_OPUS);
    assertThat(agreed.getSampleRateHz()).isEqualTo(RATE_HZ);
    List<ServerEvent> packets = events.stream().filter(ServerEvent::hasAudioDelta).toList();
    long next = 0;
    for (ServerEvent packet : packets) {
      assertThat(packet.getMediaTimeUs()).isEqualTo(next);
      assertThat(packet.getAudioDelta().getDurationUs()).isBetween(1L, 20_000L);
      assertThat(packet.getAudioDelta().getData().size()).isLessThan(400);
      next += packet.getAudioDelta().getDurationUs();
    }
    short[] kept = kept(packets.getFirst().getTurnId());
    assertThat(next).isBetween(kept.length * 1_000_000L / RATE_HZ - 50, next + 20_000);
    short[] heard = Sound.of(sound(packets)).samples();
    assertThat(bestLag(heard, kept)).as("samples of 24,000 beside their time").isBetween(-24, 24);
    assertThat(likeness(heard, kept, bestLag(heard, kept))).isGreaterThan(.9);
  }

  @Test
  void aRateThatOpusDoesNotHaveBecomesTheUsualOne() throws Exception {
    String character = parley.character("opus-rate", "Good evening to you.");
    try (var talk = Carrier.GRPC.open(parley.port(), start(character, 44_100))) {
      var started = talk.next(Talking.PATIENCE).orElseThrow().getSessionStarted();
      assertThat(started.getOutputAudio().getEncoding())
          .isEqualTo(AudioEncoding.AUDIO_ENCODING_OPUS);
      assertThat(started.getOutputAudio().getSampleRateHz()).isEqualTo(RATE_HZ);
    }
  }

  private short[] kept(String turnId) throws Exception {
    var turn =
        Running.parse(parley.get("/v1/turns/" + turnId).body(), GetTurnResponse.newBuilder())
            .getTurn();
    byte[] wav = parley.bytes(turn.getAudioUri(), "").body();
    return Sound.of(Arrays.copyOfRange(wav, 44, wav.length)).samples();
  }

  /** What a client hears: of each packet's sound the last part, as long as it is said to be. */
  private static byte[] sound(List<ServerEvent> packets) {
    var all = new ByteArrayOutputStream();
    try (var natives = new NativePool("opus", 1, 8);
        var reader = new FfmpegOpus(natives).decode(RATE_HZ)) {
      for (ServerEvent packet : packets) {
        short[] samples = reader.read(packet.getAudioDelta().getData().toByteArray());
        long wanted = Math.round(packet.getAudioDelta().getDurationUs() * (RATE_HZ / 1e6));
        for (int i = (int) (samples.length - wanted); i < samples.length; i++) {
          all.write(samples[i]);
          all.write(samples[i] >> 8);
        }
      }
    }
    return all.toByteArray();
  }

  private static int bestLag(short[] heard, short[] kept) {
    int best = 0;
    for (int lag = -240; lag <= 240; lag++) {
      best = likeness(heard, kept, lag) > likeness(heard, kept, best) ? lag : best;
    }
    return best;
  }

  /** Normalised correlation, 1 for the same. */
  private static double likeness(short[] a, short[] b, int lag) {
    double ab = 0;
    double aa = 1;
    double bb = 1;
    for (int i = 300; i < Math.min(a.length, b.length) - 300; i++) {
      ab += a[i + lag] * (double) b[i];
      aa += a[i + lag] * (double) a[i + lag];
      bb += b[i] * (double) b[i];
    }
    return ab / Math.sqrt(aa * bb);
  }
}
