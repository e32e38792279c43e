package dev.parley.bench.load;

import dev.parley.speech.v1.SpeakingStyle;
import dev.parley.speech.v1.SpeechServiceGrpc;
import dev.parley.speech.v1.SynthesizeRequest;
import dev.parley.type.v1.AudioEncoding;
import dev.parley.type.v1.AudioFormat;
import io.grpc.Channel;
import java.io.ByteArrayOutputStream;

/** A spoken question, 16 kHz, 16 bit, mono, said by the default voice. */
public record Question(String text, byte[] pcm) {
  /** Bytes of 20 ms. */
  public static final int CHUNK_BYTES = 640;

  /** Asks the server's own voice to say it; the speed is chosen so that it lasts four seconds. */
  public static Question ofFourSeconds(Channel channel, String text) {
    byte[] plain = say(channel, text, 1);
    float rate = Math.clamp(plain.length / (4f * 50 * CHUNK_BYTES), 0.6f, 1.6f);
    return new Question(text, say(channel, text, rate));
  }

  private static byte[] say(Channel channel, String text, float rate) {
    var format =
        AudioFormat.newBuilder()
            .setEncoding(AudioEncoding.AUDIO_ENCODING_PCM_S16LE)
            .setSampleRateHz(16_000)
            .setChannels(1);
    var style = SpeakingStyle.newBuilder().setVoiceId("slt").setRate(rate);
    var request =
        SynthesizeRequest.newBuilder().setText(text).setStyle(style).setAudio(format).build();
    var all = new ByteArrayOutputStream();
    SpeechServiceGrpc.newBlockingStub(channel)
        .synthesize(request)
        .forEachRemaining(r -> all.writeBytes(r.getAudio().getData().toByteArray()));
    return all.toByteArray();
  }

  /** How long it lasts, in seconds. */
  public double seconds() {
    return pcm.length / (50.0 * CHUNK_BYTES);
  }
}
