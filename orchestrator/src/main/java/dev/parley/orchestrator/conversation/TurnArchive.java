package dev.parley.orchestrator.conversation;

import dev.parley.kit.failure.Failure;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Collects a turn's voice and mouth for later, cut where it was cut. Not thread-safe. */
final class TurnArchive {
  private static final long LONGEST_BYTES = 64L << 20;
  private final int sampleRateHz;
  private final List<byte[]> chunks = new ArrayList<>();
  private final StringBuilder mouth = new StringBuilder();
  private long bytes;

  TurnArchive(int sampleRateHz) {
    this.sampleRateHz = sampleRateHz;
  }

  /** Where a turn's media is kept. */
  static String key(TurnRecord turn, String file) {
    return SessionRecord.media(turn.owner(), turn.sessionId()) + turn.id() + "/" + file;
  }

  void audio(byte[] pcm) {
    if (bytes + pcm.length <= LONGEST_BYTES) {
      chunks.add(pcm);
      bytes += pcm.length;
    }
  }

  /**
   * Goes on where another process stopped, at that media time: with the samples that the log still
   * has, and silence for those it has not.
   */
  void goOn(List<Begun.Voiced> voice, long untilUs) {
    for (Begun.Voiced it : voice) {
      silence(it.startUs());
      Event.AudioDelta a = it.audio();
      audio(Arrays.copyOfRange(a.data(), a.offset(), a.offset() + a.length()));
    }
    silence(untilUs);
  }

  private void silence(long untilUs) {
    long missing = 2 * (untilUs * sampleRateHz / 1_000_000) - bytes;
    if (missing > 0) {
      audio(new byte[(int) Math.min(missing, LONGEST_BYTES)]);
    }
  }

  void visemes(List<Viseme> visemes) {
    for (Viseme v : visemes) {
      mouth.append(v.shape()).append(' ').append(v.span().startUs()).append(' ');
      mouth.append(v.span().endUs()).append('\n');
    }
  }

  /** Length of what is kept when it is cut there. */
  Duration length(long untilUs) {
    return Duration.ofNanos(1000 * Math.min(untilUs, bytes * 500_000 / sampleRateHz));
  }

  /**
   * Puts voice and mouth into the store; nothing when there is no voice.
   *
   * @throws Failure STORE_FAILED
   */
  void store(MediaStore store, TurnRecord turn, long untilUs) {
    long wanted = Math.min(bytes, 2 * (untilUs * sampleRateHz / 1_000_000));
    if (wanted > 0) {
      store.put(key(turn, "audio.wav"), wav((int) wanted), "audio/wav");
      byte[] shapes = mouth.toString().getBytes(StandardCharsets.UTF_8);
      store.put(key(turn, "mouth.txt"), shapes, "text/plain");
    }
  }

  private byte[] wav(int length) {
    ByteBuffer head = ByteBuffer.allocate(44).order(ByteOrder.LITTLE_ENDIAN);
    head.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + length);
    head.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
    head.putShort((short) 1).putShort((short) 1).putInt(sampleRateHz).putInt(2 * sampleRateHz);
    head.putShort((short) 2).putShort((short) 16);
    head.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(length);
    var out = new ByteArrayOutputStream(44 + length);
    out.writeBytes(head.array());
    for (byte[] chunk : chunks) {
      out.write(chunk, 0, Math.min(chunk.length, length + 44 - out.size()));
    }
    return out.toByteArray();
  }
}
