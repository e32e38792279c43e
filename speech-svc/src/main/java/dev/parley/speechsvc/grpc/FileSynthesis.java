package dev.parley.speechsvc.grpc;

import dev.parley.kit.failure.Failure;
import dev.parley.speech.v1.SynthesizeFileRequest;
import dev.parley.speechsvc.dsp.AudioFiles;
import dev.parley.speechsvc.dsp.Pcm;
import dev.parley.speechsvc.synthesis.Need;
import dev.parley.speechsvc.synthesis.PhraseCutter;
import dev.parley.speechsvc.synthesis.Synthesizer;
import dev.parley.type.v1.AudioEncoding;
import java.util.ArrayList;
import java.util.List;

/** One SynthesizeFile call: the whole text in one file. */
final class FileSynthesis {

  /** A sound file. */
  record SoundFile(byte[] bytes, AudioFiles.Format format) {}

  private static final int MAX_BYTES = 15 << 20;

  private final Synthesizer synthesizer;
  private final AudioFiles files;

  FileSynthesis(Synthesizer synthesizer, AudioFiles files) {
    this.synthesizer = synthesizer;
    this.files = files;
  }

  SoundFile speak(SynthesizeFileRequest request) {
    var format = format(request);
    Styles.mono(request.getAudio());
    int rate = Styles.rate(request.getAudio(), SynthesisStream.RATE_HZ);
    var audio = audio(request, rate);
    var file = files.write(audio, format);
    if (file.length > MAX_BYTES) {
      throw tooLarge("file: " + file.length + " bytes (expected " + MAX_BYTES + " at most)");
    }
    return new SoundFile(file, format);
  }

  private Pcm audio(SynthesizeFileRequest request, int rate) {
    var voice = Styles.voice(request.getStyle(), synthesizer);
    var prosody = Styles.prosody(request.getStyle());
    var parts = new ArrayList<short[]>();
    int length = 0;
    var phrases = new PhraseCutter(request.getText());
    while (phrases.hasNext()) {
      var need = Need.FILE.after(length * 1_000_000L / rate);
      var spoken = synthesizer.speak(phrases.next(), voice, prosody, rate, need);
      var samples = spoken.audio().samples();
      parts.add(samples);
      length += samples.length;
      if (length > 1800L * rate) {
        throw tooLarge("text: more than 30 minutes of speech (expected less; use Synthesize)");
      }
    }
    return new Pcm(joined(parts, length), rate);
  }

  private static AudioFiles.Format format(SynthesizeFileRequest request) {
    var accepted =
        List.of(
            AudioEncoding.AUDIO_ENCODING_WAV,
            AudioEncoding.AUDIO_ENCODING_MP3,
            AudioEncoding.AUDIO_ENCODING_OGG_OPUS);
    return switch (Styles.encoding(request.getAudio(), accepted)) {
      case AUDIO_ENCODING_MP3 -> AudioFiles.Format.MP3;
      case AUDIO_ENCODING_OGG_OPUS -> AudioFiles.Format.OGG_OPUS;
      default -> AudioFiles.Format.WAV;
    };
  }

  private static short[] joined(List<short[]> parts, int length) {
    var all = new short[length];
    int at = 0;
    for (var part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }

  private static Failure tooLarge(String message) {
    return Failure.of(Failure.Code.INVALID_ARGUMENT, "TOO_LARGE", message);
  }
}
