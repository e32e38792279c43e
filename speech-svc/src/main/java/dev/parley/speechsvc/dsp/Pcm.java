package dev.parley.speechsvc.dsp;

/** Mono samples, signed 16 bit, at {@code rateHz}. The array is not copied: treat it as final. */
public record Pcm(short[] samples, int rateHz) {

  /** Length in microseconds. */
  public long durationUs() {
    return samples.length * 1_000_000L / rateHz;
  }

  /** Little-endian bytes. */
  public byte[] bytes() {
    var bytes = new byte[samples.length * 2];
    for (int i = 0; i < samples.length; i++) {
      bytes[2 * i] = (byte) samples[i];
      bytes[2 * i + 1] = (byte) (samples[i] >> 8);
    }
    return bytes;
  }

  /** From little-endian bytes; an odd last byte is dropped. */
  public static Pcm of(byte[] bytes, int rateHz) {
    var samples = new short[bytes.length / 2];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (short) ((bytes[2 * i] & 0xff) | bytes[2 * i + 1] << 8);
    }
    return new Pcm(samples, rateHz);
  }
}
