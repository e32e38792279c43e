package dev.parley.e2e;

import com.google.protobuf.ByteString;
import dev.parley.conversation.v1.AudioChunk;
import dev.parley.conversation.v1.ClientEvent;
import dev.parley.conversation.v1.EndOfInput;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioSystem;

/** What a microphone gives: 16 kHz, 16 bit, mono. */
final class Microphone {
  private static final AudioFormat HEARD = new AudioFormat(16_000, 16, 1, true, false);
  private static final int CHUNK_BYTES = 640;

  private Microphone() {}

  /** The samples of a WAV. */
  static byte[] samples(byte[] wav) throws Exception {
    try (var in = AudioSystem.getAudioInputStream(new ByteArrayInputStream(wav));
        var samples = AudioSystem.getAudioInputStream(HEARD, in)) {
      return samples.readAllBytes();
    }
  }

  /** The same beside a fan: white noise through one pole at 800 Hz, that far below the voice. */
  static byte[] besideAFan(byte[] pcm, double decibelsBelow) {
    var voice = ByteBuffer.wrap(pcm).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
    double[] fan = new double[voice.remaining()];
    Random random = new Random(7);
    double power = 0;
    double fanPower = 0;
    double last = 0;
    for (int i = 0; i < fan.length; i++) {
      last += 0.27 * (random.nextGaussian() - last);
      fan[i] = last;
      fanPower += last * last;
      power += voice.get(i) * (double) voice.get(i);
    }
    double factor = Math.sqrt(power / fanPower) * Math.pow(10, -decibelsBelow / 20);
    byte[] mixed = new byte[pcm.length];
    var out = ByteBuffer.wrap(mixed).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
    for (int i = 0; i < fan.length; i++) {
      long sum = Math.round(voice.get(i) + factor * fan[i]);
      out.put((short) Math.clamp(sum, Short.MIN_VALUE, Short.MAX_VALUE));
    }
    return mixed;
  }

  /** In real time, 20 ms at once, and then no more. */
  static void speak(Carrier.Talk talk, byte[] pcm) throws InterruptedException {
    long begin = System.nanoTime();
    for (int from = 0; from < pcm.length; from += CHUNK_BYTES) {
      ByteString data = ByteString.copyFrom(pcm, from, Math.min(CHUNK_BYTES, pcm.length - from));
      talk.send(
          ClientEvent.newBuilder().setAudioChunk(AudioChunk.newBuilder().setData(data)).build());
      long due = begin + (from / CHUNK_BYTES + 1) * 20_000_000L;
      TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
    }
    talk.send(ClientEvent.newBuilder().setEndOfInput(EndOfInput.getDefaultInstance()).build());
  }
}
