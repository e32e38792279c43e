package dev.parley.speechsvc.grpc;

import dev.parley.kit.failure.Failure;
import dev.parley.speech.v1.RecognizeRequest;
import dev.parley.speech.v1.RecognizeResponse;
import dev.parley.speechsvc.dsp.AudioFiles;
import dev.parley.speechsvc.dsp.Pcm;
import dev.parley.speechsvc.dsp.Resampler;
import dev.parley.speechsvc.recognition.Ears;
import dev.parley.speechsvc.recognition.Endpointing;
import dev.parley.speechsvc.recognition.RecognitionEvent;
import dev.parley.speechsvc.recognition.RecognitionStream;
import dev.parley.speechsvc.recognition.Recognizer;
import dev.parley.type.v1.AudioEncoding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.stream.Collectors;

/** One Recognize call: a whole file, cut into utterances. */
final class FileRecognition {

  private static final int MAX_S = 600;
  private static final int STEP = Recognizer.RATE_HZ;

  private final Ears ears;
  private final AudioFiles files;

  FileRecognition(Ears ears, AudioFiles files) {
    this.ears = ears;
    this.files = files;
  }

  RecognizeResponse recognize(RecognizeRequest request) {
    var audio = read(request);
    if (audio.samples().length > MAX_S * Recognizer.RATE_HZ) {
      throw Failure.of(
          Failure.Code.INVALID_ARGUMENT,
          "TOO_LARGE",
          "audio: " + audio.durationUs() / 1_000_000 + " s (expected " + MAX_S + " at most)");
    }
    var finals = new ArrayList<RecognitionEvent.Final>();
    try (var stream =
        new RecognitionStream(
            ears,
            request.getLanguage(),
            Endpointing.DEFAULT,
            event -> {
              if (event instanceof RecognitionEvent.Final last && !last.hypothesis().empty()) {
                finals.add(last);
              }
            })) {
      var all = audio.samples();
      for (int at = 0; at < all.length; at += STEP) {
        stream.accept(Arrays.copyOfRange(all, at, Math.min(all.length, at + STEP)));
      }
      stream.finish();
    }
    var response = RecognizeResponse.newBuilder().setDurationUs(audio.durationUs());
    finals.forEach(f -> response.addUtterances(Messages.utterance(f)));
    return response
        .setText(finals.stream().map(f -> f.hypothesis().text()).collect(Collectors.joining(" ")))
        .build();
  }

  private Pcm read(RecognizeRequest request) {
    var bytes = request.getAudio().toByteArray();
    var format = request.getFormat();
    if (format.getEncoding() != AudioEncoding.AUDIO_ENCODING_PCM_S16LE) {
      return files.read(bytes, Recognizer.RATE_HZ);
    }
    Styles.mono(format);
    var raw = Pcm.of(bytes, Styles.rate(format, Recognizer.RATE_HZ));
    return Resampler.convert(raw, Recognizer.RATE_HZ);
  }
}
