package dev.parley.speechsvc.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.kit.concurrent.NativePool;
import dev.parley.kit.failure.Failure;
import dev.parley.speechsvc.Sounds;
import dev.parley.speechsvc.dsp.AudioFiles.Format;
import dev.parley.speechsvc.dsp.Pcm;
import dev.parley.speechsvc.dsp.WavFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class BadFilesTest {

  private static final int RATE_HZ = 16_000;
  private static final Pcm SOUND = new Pcm(Sounds.music(2, -20, 1), RATE_HZ);

  private static NativePool natives;
  private static FfmpegAudioFiles files;

  @BeforeAll
  static void open() {
    natives = new NativePool("files", 2, 64);
    files = new FfmpegAudioFiles(natives);
  }

  @AfterAll
  static void close() {
    natives.close();
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void aFileThatIsCutOffGivesWhatIsThere(Format format) {
    var file = files.write(SOUND, format);
    var half = files.read(Arrays.copyOf(file, file.length / 2), RATE_HZ);
    assertThat(half.durationUs()).isBetween(500_000L, 1_300_000L);
  }

  @Test
  void aWavThatLiesAboutItsLengthGivesWhatIsThere() {
    for (int lie : new int[] {0x7fffffff, -1, 100_000_000, 1000}) {
      var file = ByteBuffer.wrap(WavFile.of(SOUND)).order(ByteOrder.LITTLE_ENDIAN);
      file.putInt(4, lie).putInt(40, lie);
      var read = files.read(file.array(), RATE_HZ);
      assertThat(read.durationUs()).isBetween(20_000L, 2_000_000L);
    }
  }

  @Test
  void aSmallFileOfTooMuchSoundIsRefused() {
    var eleven = files.write(new Pcm(new short[8000 * 670], 8000), Format.OGG_OPUS);
    assertThat(eleven.length).isLessThan(1 << 20);
    assertThatThrownBy(() -> files.read(eleven, RATE_HZ))
        .isInstanceOfSatisfying(Failure.class, f -> assertThat(f.reason()).isEqualTo("TOO_LARGE"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nfile:///etc/passwd\n",
        "ffconcat version 1.0\nfile '/etc/passwd'\n",
        "<svg xmlns='http://www.w3.org/2000/svg'><image href='file:///etc/passwd'/></svg>",
        "v=0\no=- 0 0 IN IP4 127.0.0.1\nm=audio 5004 RTP/AVP 0\n",
        "concat:/etc/passwd|/etc/hostname",
        "FORM....AIFFCOMM",
        "RIFF....AVI LIST",
        "<?xml version='1.0'?><MPD/>"
      })
  void whatNamesOtherFilesOrIsOnNoListIsRefused(String text) {
    refused(Arrays.copyOf(text.getBytes(StandardCharsets.ISO_8859_1), 4096));
  }

  @Test
  void aCodecThatIsOnNoListIsRefusedInAnAcceptedContainer() {
    natives.run(() -> refusedHere(new AudioWriting("matroska", "g722", 64_000).write(SOUND)));
    natives.run(() -> refusedHere(new AudioWriting("wav", "g722", 64_000).write(SOUND)));
  }

  @Test
  void headersWithoutSoundAndNoiseAreRefusedAndNeverCrash() {
    var random = new Random(9);
    for (var format : Format.values()) {
      var file = files.write(SOUND, format);
      refused(Arrays.copyOf(file, 20));
      for (int i = 0; i < 30; i++) {
        var broken = file.clone();
        for (int k = 0; k < 40; k++) {
          broken[random.nextInt(broken.length)] = (byte) random.nextInt();
        }
        try {
          assertThat(files.read(broken, RATE_HZ).samples()).isNotEmpty();
        } catch (Failure e) {
          assertThat(e.reason()).isIn("AUDIO_UNREADABLE", "TOO_LARGE");
        }
      }
    }
    refused(new byte[0]);
    refused(new byte[] {0});
  }

  private static void refused(byte[] file) {
    assertThatThrownBy(() -> files.read(file, RATE_HZ))
        .isInstanceOfSatisfying(Failure.class, BadFilesTest::unreadable);
  }

  private static void refusedHere(byte[] file) {
    assertThatThrownBy(() -> new AudioReading(RATE_HZ, RATE_HZ).read(file))
        .isInstanceOfSatisfying(Failure.class, BadFilesTest::unreadable);
  }

  private static void unreadable(Failure failure) {
    assertThat(failure.reason()).isEqualTo("AUDIO_UNREADABLE");
    assertThat(failure.code()).isEqualTo(Failure.Code.INVALID_ARGUMENT);
  }
}
