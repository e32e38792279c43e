package dev.parley.speechsvc.grpc;

import dev.parley.speech.v1.RecognizedUtterance;
import dev.parley.speech.v1.SpokenPhrase;
import dev.parley.speech.v1.SpokenWord;
import dev.parley.speech.v1.Voice;
import dev.parley.speechsvc.recognition.HeardWord;
import dev.parley.speechsvc.recognition.Hypothesis;
import dev.parley.speechsvc.recognition.RecognitionEvent;
import dev.parley.speechsvc.synthesis.Viseme;
import dev.parley.speechsvc.synthesis.VoiceInfo;
import dev.parley.type.v1.MediaSpan;
import dev.parley.type.v1.VisemeTiming;
import dev.parley.type.v1.WordTiming;
import java.util.Locale;

/** The domain as messages of the contract. */
final class Messages {

  private Messages() {}

  /** A phrase that begins at {@code originUs} of its call. */
  static SpokenPhrase phrase(dev.parley.speechsvc.synthesis.SpokenPhrase spoken, long originUs) {
    var phrase = SpokenPhrase.newBuilder();
    phrase.setSpan(span(originUs, originUs + spoken.audio().durationUs()));
    for (var word : spoken.words()) {
      phrase.addWords(
          SpokenWord.newBuilder()
              .setWord(wellFormed(word.word().text()))
              .setSpan(span(originUs + word.startUs(), originUs + word.endUs()))
              .setTextStart(word.word().start())
              .setTextEnd(word.word().end()));
    }
    spoken.visemes().forEach(v -> phrase.addVisemes(viseme(v, originUs)));
    return phrase.build();
  }

  private static VisemeTiming viseme(Viseme viseme, long originUs) {
    return VisemeTiming.newBuilder()
        .setViseme(viseme.shape().label())
        .setPhone(viseme.phone())
        .setSpan(span(originUs + viseme.startUs(), originUs + viseme.endUs()))
        .build();
  }

  static Voice voice(VoiceInfo voice, String engine) {
    return Voice.newBuilder()
        .setId(voice.id())
        .setDisplayName(voice.displayName())
        .setLanguage(voice.language())
        .setGender(voice.gender().name().toLowerCase(Locale.ROOT))
        .setEngine(engine)
        .build();
  }

  static RecognizedUtterance utterance(
      Hypothesis heard, double stability, long startUs, long endUs, String engine) {
    var utterance =
        RecognizedUtterance.newBuilder()
            .setText(heard.text())
            .setStability((float) stability)
            .setConfidence((float) heard.confidence())
            .setSpan(span(startUs, endUs))
            .setEngine(engine);
    heard.words().forEach(w -> utterance.addWords(word(w)));
    return utterance.build();
  }

  static RecognizedUtterance utterance(RecognitionEvent.Final f) {
    return utterance(f.hypothesis(), 1, f.startUs(), f.endUs(), f.engine()).toBuilder()
        .setDecidedUs(f.decidedUs())
        .build();
  }

  private static WordTiming word(HeardWord word) {
    return WordTiming.newBuilder()
        .setWord(word.text())
        .setSpan(span(word.startUs(), word.endUs()))
        .setConfidence((float) word.confidence())
        .build();
  }

  static MediaSpan span(long startUs, long endUs) {
    return MediaSpan.newBuilder().setStartUs(startUs).setEndUs(Math.max(startUs, endUs)).build();
  }

  /** Halves of surrogate pairs, which UTF-8 cannot carry, become a question mark. */
  static String wellFormed(String text) {
    var bytes = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    return new String(bytes, java.nio.charset.StandardCharsets.UTF_8);
  }
}
