package dev.parley.speechsvc.dsp;

import java.util.List;

/** Packs a stream of samples as the caller asked for it. Close it in any case. One thread. */
public interface AudioPackets extends AutoCloseable {

  /** Bytes that hold {@code samples} samples from sample {@code start} of the stream on. */
  record Packet(byte[] data, long start, int samples) {}

  /** Takes the next samples and gives the packets that are full. */
  List<Packet> push(short[] samples);

  /** What is left at the end. */
  List<Packet> flush();

  @Override
  default void close() {}

  /** Little-endian samples as they come. */
  static AudioPackets pcm(int rateHz) {
    return new AudioPackets() {
      private long at;

      @Override
      public List<Packet> push(short[] samples) {
        var packet = new Packet(new Pcm(samples, rateHz).bytes(), at, samples.length);
        at += samples.length;
        return samples.length == 0 ? List.of() : List.of(packet);
      }

      @Override
      public List<Packet> flush() {
        return List.of();
      }
    };
  }
}
