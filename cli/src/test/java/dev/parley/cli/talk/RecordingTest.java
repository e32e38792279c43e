package dev.parley.cli.talk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingTest {
  @TempDir private Path folder;

  private Path wav(float rate, int channels, int frames) throws IOException {
    byte[] samples = new byte[frames * channels * 2];
    var format = new AudioFormat(rate, 16, channels, true, false);
    Path file = folder.resolve("r.wav");
    AudioSystem.write(
        new AudioInputStream(new ByteArrayInputStream(samples), format, frames),
        AudioFileFormat.Type.WAVE,
        file.toFile());
    return file;
  }

  @Test
  void anyRateAndNumberOfChannelsBecomesWhatTheServerHears() throws IOException {
    assertThat(Recording.read(wav(16_000, 1, 16_000)).pcm()).hasSize(32_000);
    assertThat(Recording.read(wav(44_100, 2, 44_100)).pcm().length).isBetween(31_900, 32_100);
    assertThat(Recording.read(wav(8_000, 1, 4_000)).pcm().length).isBetween(15_900, 16_100);
  }

  @Test
  void whatIsNoRecordingSaysSo() throws IOException {
    Path text = Files.writeString(folder.resolve("t.wav"), "not sound");
    assertThatThrownBy(() -> Recording.read(text)).hasMessageContaining("is no WAV");
    Path gone = folder.resolve("gone.wav");
    assertThatThrownBy(() -> Recording.read(gone)).hasMessageContaining("cannot be read");
    Path empty = wav(16_000, 1, 0);
    assertThatThrownBy(() -> Recording.read(empty)).hasMessageContaining("holds no sound");
  }
}
