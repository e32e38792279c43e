package dev.parley.rendersvc.grpc;

import com.google.protobuf.ByteString;
import dev.parley.kit.failure.Failure;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;

/** Signed 16-bit little-endian samples. */
final class Pcm {
  private Pcm() {}

  /** Samples in -1 to 1; an odd number of bytes is refused. */
  static float[] samples(ByteString bytes) {
    if (bytes.size() % 2 != 0) {
      throw Failure.invalid("speech.pcm", bytes.size() + " bytes (expected whole 16-bit samples)");
    }
    ShortBuffer shorts =
        bytes.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
    float[] samples = new float[shorts.remaining()];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = shorts.get(i) / 32768f;
    }
    return samples;
  }
}
