package dev.parley.speechsvc.grpc;

import com.google.protobuf.ByteString;
import dev.parley.kit.stream.Outbound;
import dev.parley.speech.v1.SkippedText;
import dev.parley.speech.v1.SynthesisDone;
import dev.parley.speech.v1.SynthesizeRequest;
import dev.parley.speech.v1.SynthesizeResponse;
import dev.parley.speech.v1.SynthesizedAudio;
import dev.parley.speechsvc.dsp.AudioPackets;
import dev.parley.speechsvc.dsp.Pcm;
import dev.parley.speechsvc.synthesis.Need;
import dev.parley.speechsvc.synthesis.PhraseCutter;
import dev.parley.speechsvc.synthesis.Skipped;
import dev.parley.speechsvc.synthesis.SpokenPhrase;
import dev.parley.speechsvc.synthesis.Synthesizer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;

/** One Synthesize call: phrase by phrase on one clock. One virtual thread. */
final class SynthesisStream {

  static final int RATE_HZ = 24_000;
  private static final int CHUNKS_A_SECOND = 5;
  private static final int MAX_SKIPPED = 200;

  private final Synthesizer synthesizer;
  private final SynthesizeRequest request;
  private final Outbound<SynthesizeResponse> out;
  private final AudioPackets packets;
  private final int rate;
  private long samples;

  SynthesisStream(
      Synthesizer synthesizer,
      AudioPackets packets,
      int rate,
      SynthesizeRequest request,
      Outbound<SynthesizeResponse> out) {
    this.synthesizer = synthesizer;
    this.packets = packets;
    this.rate = rate;
    this.request = request;
    this.out = out;
  }

  void run() {
    var voice = Styles.voice(request.getStyle(), synthesizer);
    var prosody = Styles.prosody(request.getStyle());
    var need = new Need(Duration.ofNanos(1000 * request.getNeededInUs()), request.getContinues());
    var phrases = new PhraseCutter(request.getText());
    while (phrases.hasNext()) {
      var phrase = phrases.next();
      phrase.skipped().forEach(this::skipped);
      if (!phrase.words().isEmpty()) {
        synthesizer.speak(phrase, voice, prosody, rate, need.after(now()), this::piece);
      }
    }
    packets.flush().forEach(this::packet);
    var done = SynthesisDone.newBuilder().setDurationUs(now()).setVoiceId(voice);
    out.send(SynthesizeResponse.newBuilder().setDone(done).build());
  }

  private void piece(SpokenPhrase spoken) {
    out.send(SynthesizeResponse.newBuilder().setPhrase(Messages.phrase(spoken, now())).build());
    audio(spoken.audio());
  }

  private void audio(Pcm audio) {
    int step = rate / CHUNKS_A_SECOND;
    var all = audio.samples();
    for (int from = 0; from < all.length; from += step) {
      int to = Math.min(all.length, from + step);
      packets.push(Arrays.copyOfRange(all, from, to)).forEach(this::packet);
      samples += to - from;
    }
  }

  private void packet(AudioPackets.Packet packet) {
    long start = us(packet.start());
    var audio =
        SynthesizedAudio.newBuilder()
            .setData(ByteString.copyFrom(packet.data()))
            .setStartUs(start)
            .setDurationUs(us(packet.start() + packet.samples()) - start);
    out.send(SynthesizeResponse.newBuilder().setAudio(audio).build());
  }

  private void skipped(Skipped part) {
    int end = Math.min(part.end(), part.start() + MAX_SKIPPED);
    var text = request.getText().substring(part.start(), end);
    var cause = part.reason().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    var skipped = SkippedText.newBuilder().setText(Messages.wellFormed(text)).setCause(cause);
    out.send(SynthesizeResponse.newBuilder().setSkipped(skipped).build());
  }

  private long now() {
    return us(samples);
  }

  private long us(long sample) {
    return sample * 1_000_000 / rate;
  }
}
