package dev.parley.speechsvc.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.kit.concurrent.NativePool;
import dev.parley.kit.failure.Failure;
import dev.parley.speechsvc.Sounds;
import dev.parley.speechsvc.dsp.AudioPackets.Packet;
import dev.parley.speechsvc.dsp.Pcm;
import dev.parley.speechsvc.dsp.Resampler;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FfmpegOpusTest {

  private static NativePool natives;
  private static FfmpegOpus opus;

  @BeforeAll
  static void open() {
    natives = new NativePool("opus", 2, 64);
    opus = new FfmpegOpus(natives);
  }

  @AfterAll
  static void close() {
    natives.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {8000, 16_000, 24_000, 48_000})
  void packetsSoundAsWhatTheyWereMadeOfAtTheTimesTheySay(int rate) {
    var speech = new Pcm(Sounds.speech("Peter came back.", "slt", -20), Sounds.RATE_HZ);
    var sound = Resampler.convert(speech, rate).samples();
    var packets = encoded(sound, rate);
    long at = 0;
    var heard = new ArrayList<short[]>();
    try (var reader = opus.decode(rate)) {
      for (var packet : packets) {
        assertThat(packet.start()).isEqualTo(at);
        assertThat(packet.samples()).isLessThanOrEqualTo(rate / 50);
        assertThat(packet.data().length).isLessThan(400);
        at += packet.samples();
        heard.add(reader.read(packet.data()));
      }
    }
    assertThat(at).isGreaterThanOrEqualTo(sound.length);
    var decoded = Sounds.joined(heard.toArray(short[][]::new));
    int delay = rate / 50 - packets.getFirst().samples();
    assertThat(alike(sound, decoded, delay)).isGreaterThan(0.9);
    assertThat(alike(sound, decoded, delay + rate / 100)).isLessThan(0.7);
  }

  @Test
  void whatIsClosedWhileACallRunsIsFreedAfterIt() throws Exception {
    var minute = new short[60 * 48_000];
    for (int i = 0; i < 20; i++) {
      var writer = opus.encode(48_000);
      Thread caller = Thread.ofVirtual().start(() -> interrupted(() -> writer.push(minute)));
      Thread.sleep(5);
      caller.interrupt();
      caller.join();
      writer.close();
    }
    assertThat(encoded(new short[4800], 48_000)).isNotEmpty();
  }

  private static void interrupted(Runnable call) {
    assertThatThrownBy(call::run).isInstanceOf(Failure.class);
  }

  @Test
  void silencePacketsOfOneByteAndPacketsOf60MsAreRead() {
    try (var reader = opus.decode(16_000)) {
      // SILK wideband, 20 ms, no data; then 60 ms (RFC 6716, 3.1).
      assertThat(reader.read(new byte[] {0x48}).length).isBetween(200, 320);
      assertThat(reader.read(new byte[] {0x58}).length).isEqualTo(960);
    }
  }

  @Test
  void whatIsNoOpusPacketIsRefusedAndNeverCrashes() {
    var random = new Random(5);
    int refused = 0;
    for (int i = 0; i < 300; i++) {
      var bytes = new byte[random.nextInt(1500)];
      random.nextBytes(bytes);
      try (var reader = opus.decode(16_000)) {
        assertThat(reader.read(bytes).length).isLessThanOrEqualTo(16_000 * 120 / 1000);
      } catch (Failure e) {
        assertThat(e.reason()).isEqualTo("AUDIO_UNREADABLE");
        refused++;
      }
    }
    assertThat(refused).isPositive();
    try (var reader = opus.decode(16_000)) {
      assertThatThrownBy(() -> reader.read(new byte[0])).hasMessageContaining("Opus packet");
      assertThatThrownBy(() -> reader.read(new byte[60_000])).hasMessageContaining("Opus packet");
    }
  }

  @Test
  void aRateThatOpusDoesNotKnowIsRefused() {
    assertThatThrownBy(() -> opus.encode(44_100))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("44100");
  }

  private static List<Packet> encoded(short[] sound, int rate) {
    var packets = new ArrayList<Packet>();
    try (var encoder = opus.encode(rate)) {
      for (int at = 0; at < sound.length; at += 777) {
        packets.addAll(
            encoder.push(Arrays.copyOfRange(sound, at, Math.min(sound.length, at + 777))));
      }
      packets.addAll(encoder.flush());
    }
    return packets;
  }

  /** Correlation of both, the second one later by {@code delay} samples. */
  private static double alike(short[] a, short[] b, int delay) {
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < a.length && i + delay < b.length; i++) {
      ab += (double) a[i] * b[i + delay];
      aa += (double) a[i] * a[i];
      bb += (double) b[i + delay] * b[i + delay];
    }
    return ab / Math.sqrt(aa * bb);
  }
}
