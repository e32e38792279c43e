package dev.parley.speechsvc.pocketsphinx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.kit.concurrent.NativePool;
import dev.parley.speechsvc.Sounds;
import dev.parley.speechsvc.recognition.Adaptation;
import dev.parley.speechsvc.recognition.Hypothesis;
import dev.parley.speechsvc.recognition.Recognizer;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class SphinxRecognizerTest {

  @Test
  void whoHasSpokenOnceIsNotHeardThroughTheMicrophoneOfSomebodyElse() throws IOException {
    var speech = Sounds.speech("The train leaves at seven in the morning.", "slt", -22);
    var loud = Sounds.noise(4, -6, 3);
    try (var natives = new NativePool("test", 1, 16);
        var sphinx = new SphinxRecognizer(SphinxModel.DEBIAN, natives, 1)) {
      var mine = new Adaptation();
      hear(sphinx, speech, mine);
      var learnt = mine.cepstralMean().orElseThrow();
      var undisturbed = hear(sphinx, speech, mine);
      var noisy = new Adaptation();
      hear(sphinx, loud, noisy);
      hear(sphinx, loud, noisy);
      var same = new Adaptation();
      same.learn(learnt);
      assertThat(hear(sphinx, speech, same)).isEqualTo(undisturbed);
      assertThat(hear(sphinx, speech, noisy)).isNotEqualTo(undisturbed);
    }
  }

  private static Hypothesis hear(Recognizer recognizer, short[] sound, Adaptation microphone) {
    try (var utterance = recognizer.begin("", microphone)) {
      utterance.accept(sound);
      return utterance.finish();
    }
  }
}
