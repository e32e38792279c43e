package dev.parley.speechsvc.grpc;

import dev.parley.speechsvc.dsp.PacketOpus;
import dev.parley.speechsvc.dsp.Pcm;
import dev.parley.speechsvc.dsp.Resampler;
import dev.parley.speechsvc.recognition.Recognizer;
import dev.parley.type.v1.AudioEncoding;
import dev.parley.type.v1.AudioFormat;
import java.util.Arrays;
import java.util.List;

/** The audio of one stream on its way to {@link Recognizer#RATE_HZ}. One thread. */
interface InboundAudio extends AutoCloseable {

  /** The samples of the next message. */
  short[] samples(byte[] message);

  @Override
  default void close() {}

  /** PCM at any rate of the contract, or Opus packets. */
  static InboundAudio of(AudioFormat format, PacketOpus opus) {
    var accepted =
        List.of(AudioEncoding.AUDIO_ENCODING_PCM_S16LE, AudioEncoding.AUDIO_ENCODING_OPUS);
    var encoding = Styles.encoding(format, accepted);
    Styles.mono(format);
    return encoding == AudioEncoding.AUDIO_ENCODING_OPUS
        ? packets(opus.decode(Recognizer.RATE_HZ))
        : pcm(Styles.rate(format, Recognizer.RATE_HZ));
  }

  private static InboundAudio packets(PacketOpus.Reader reader) {
    return new InboundAudio() {
      @Override
      public short[] samples(byte[] message) {
        return reader.read(message);
      }

      @Override
      public void close() {
        reader.close();
      }
    };
  }

  /** A sample that a message cuts in half is completed by the next. */
  private static InboundAudio pcm(int rateHz) {
    var resampler = new Resampler(rateHz, Recognizer.RATE_HZ);
    return new InboundAudio() {
      private byte[] half = {};

      @Override
      public short[] samples(byte[] message) {
        var all = Arrays.copyOf(half, half.length + message.length);
        System.arraycopy(message, 0, all, half.length, message.length);
        half = Arrays.copyOfRange(all, all.length & ~1, all.length);
        return resampler.push(Pcm.of(all, rateHz).samples());
      }
    };
  }
}
