package dev.parley.speechsvc.dsp;

/** Opus as bare packets, one a message (RFC 6716). Safe for many threads. */
public interface PacketOpus {

  /**
   * Begins a stream of packets of 20 ms, mono, about 32 kbit/s.
   *
   * @throws dev.parley.kit.failure.Failure invalid, where Opus does not know the rate
   */
  AudioPackets encode(int rateHz);

  /** Begins to read packets, mixed to mono at {@code rateHz}. Close it in any case. */
  Reader decode(int rateHz);

  /** One stream of packets. One thread. */
  interface Reader extends AutoCloseable {

    /**
     * The sound of the next packet.
     *
     * @throws dev.parley.kit.failure.Failure AUDIO_UNREADABLE where it is no Opus packet
     */
    short[] read(byte[] packet);

    @Override
    void close();
  }
}
