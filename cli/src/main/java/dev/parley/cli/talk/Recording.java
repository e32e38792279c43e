package dev.parley.cli.talk;

import com.google.protobuf.ByteString;
import dev.parley.conversation.v1.AudioChunk;
import dev.parley.conversation.v1.ClientEvent;
import dev.parley.conversation.v1.EndOfInput;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;

/**
 * Recorded speech, spoken in real time as a microphone would give it.
 *
 * @param pcm 16,000 Hz, mono, signed 16 bits, little-endian
 */
record Recording(byte[] pcm) {
  private static final AudioFormat WANTED = new AudioFormat(16_000, 16, 1, true, false);
  private static final int CHUNK_BYTES = 640;
  private static final long CHUNK_NANOS = 20_000_000;
  private static final long MOST_BYTES = 32_000L * 600;

  /** Reads a WAV file of 10 minutes at most. */
  static Recording read(Path file) throws IOException {
    if (!Files.isReadable(file)) {
      throw new IOException(file + " cannot be read");
    }
    try (AudioInputStream in =
            AudioSystem.getAudioInputStream(new BufferedInputStream(Files.newInputStream(file)));
        AudioInputStream samples = AudioSystem.getAudioInputStream(WANTED, in)) {
      byte[] pcm = samples.readNBytes((int) MOST_BYTES);
      if (pcm.length == 0) {
        throw new IOException(file + " holds no sound");
      }
      return new Recording(pcm);
    } catch (UnsupportedAudioFileException | IllegalArgumentException e) {
      throw new IOException(file + " is no WAV that can be read (expected PCM)", e);
    }
  }

  /** Sends it in 20 ms steps on the clock, then says that the utterance is over. */
  void speak(Conversation with) {
    long begin = System.nanoTime();
    for (int from = 0; from < pcm.length; from += CHUNK_BYTES) {
      var data = ByteString.copyFrom(pcm, from, Math.min(CHUNK_BYTES, pcm.length - from));
      with.sendNow(ClientEvent.newBuilder().setAudioChunk(AudioChunk.newBuilder().setData(data)));
      long due = begin + (from / CHUNK_BYTES + 1) * CHUNK_NANOS;
      try {
        Thread.sleep(java.time.Duration.ofNanos(Math.max(0, due - System.nanoTime())));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
    with.send(ClientEvent.newBuilder().setEndOfInput(EndOfInput.getDefaultInstance()));
  }
}
