package dev.parley.cli;

import java.io.IOException;
import java.nio.file.Path;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;

/** Reads WAV files as 16 kHz mono samples, signed 16 bits, little-endian. */
final class Wav {
  private static final AudioFormat WANTED = new AudioFormat(16000, 16, 1, true, false);

  private Wav() {}

  static byte[] read(Path file) throws IOException {
    try (AudioInputStream in = AudioSystem.getAudioInputStream(file.toFile());
        AudioInputStream samples = AudioSystem.getAudioInputStream(WANTED, in)) {
      return samples.readAllBytes();
    } catch (UnsupportedAudioFileException | IllegalArgumentException e) {
      throw new IOException(file + " is no WAV that can be read (expected PCM)", e);
    }
  }
}
