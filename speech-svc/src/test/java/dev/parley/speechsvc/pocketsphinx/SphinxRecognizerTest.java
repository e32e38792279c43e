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
  void nobodyIsHeardThroughTheMicrophoneOfSomebodyElse() throws IOException {
    var speech = Sounds.speech("The train leaves at seven in the morning.", "slt", -22);
    var loud = Sounds.noise(4, -6, 3);
    try (var natives = new NativePool("test", 1, 16);
        var sphinx = new SphinxRecognizer(SphinxModel.DEBIAN, natives, 1)) {
      var first = hear(sphinx, speech, new Adaptation());
      var room = new Adaptation();
      hear(sphinx, loud, room);
      hear(sphinx, loud, room);
      assertThat(hear(sphinx, speech, new Adaptation())).isEqualTo(first);
      assertThat(room.cepstralMean()).isPresent();
      assertThat(hear(sphinx, speech, room)).isNotEqualTo(first);
    }
  }

  private static Hypothesis hear(Recognizer recognizer, short[] sound, Adaptation microphone) {
    try (var utterance = recognizer.begin("", microphone)) {
      utterance.accept(sound);
      return utterance.finish();
    }
  }
}
