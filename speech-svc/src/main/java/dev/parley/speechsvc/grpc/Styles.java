package dev.parley.speechsvc.grpc;

import dev.parley.kit.failure.Failure;
import dev.parley.speech.v1.SpeakingStyle;
import dev.parley.speechsvc.synthesis.Prosody;
import dev.parley.speechsvc.synthesis.Synthesizer;
import dev.parley.type.v1.AudioEncoding;
import dev.parley.type.v1.AudioFormat;
import java.util.List;

/** What a request asks for, with the defaults of the contract. */
final class Styles {

  private Styles() {}

  /** The voice asked for, the first one by default. */
  static String voice(SpeakingStyle style, Synthesizer synthesizer) {
    return style.getVoiceId().isEmpty() ? synthesizer.voices().getFirst().id() : style.getVoiceId();
  }

  static Prosody prosody(SpeakingStyle style) {
    return new Prosody(
        style.hasRate() ? style.getRate() : 1,
        Math.pow(2, style.getPitchSemitones() / 12.0),
        Math.pow(10, style.getVolumeDb() / 20.0));
  }

  static int rate(AudioFormat format, int byDefault) {
    return format.getSampleRateHz() == 0 ? byDefault : format.getSampleRateHz();
  }

  /** The encoding asked for, or the default; a failure when it is not one of those accepted. */
  static AudioEncoding encoding(AudioFormat format, List<AudioEncoding> accepted) {
    var encoding = format.getEncoding();
    if (encoding == AudioEncoding.AUDIO_ENCODING_UNSPECIFIED) {
      return accepted.getFirst();
    }
    if (!accepted.contains(encoding)) {
      throw Failure.invalid("audio.encoding", encoding + " (expected one of " + accepted + ")");
    }
    return encoding;
  }

  /** One channel only. */
  static void mono(AudioFormat format) {
    if (format.getChannels() > 1) {
      throw Failure.invalid("audio.channels", format.getChannels() + " (expected 1)");
    }
  }
}
