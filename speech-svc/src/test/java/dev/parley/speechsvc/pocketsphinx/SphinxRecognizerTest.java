package dev.parley.speechsvc.pocketsphinx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.kit.concurrent.NativePool;
import dev.parley.kit.failure.Failure;
import dev.parley.speechsvc.Sounds;
import dev.parley.speechsvc.recognition.Adaptation;
import dev.parley.speechsvc.recognition.Hypothesis;
import dev.parley.speechsvc.recognition.Recognizer;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
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

  @Test
  void aDecoderThatWasMadeForSomebodyWhoIsGoneIsLentToTheNext() throws Exception {
    var made = new AtomicInteger();
    var making = new CountDownLatch(1);
    var go = new CountDownLatch(1);
    var maker = SphinxRecognizer.maker(SphinxModel.DEBIAN);
    Callable<SphinxDecoder> slow =
        () -> {
          if (made.incrementAndGet() == 2) {
            making.countDown();
            go.await();
          }
          return maker.call();
        };
    try (var natives = new NativePool("test", 1, 16);
        var sphinx = new SphinxRecognizer(slow, natives, 2);
        var first = sphinx.begin("", new Adaptation())) {
      var failure = new AtomicReference<Throwable>();
      var gone = Thread.ofVirtual().unstarted(() -> sphinx.begin("", new Adaptation()));
      gone.setUncaughtExceptionHandler((thread, thrown) -> failure.set(thrown));
      gone.start();
      making.await();
      gone.interrupt();
      gone.join();
      assertThat(failure.get()).isInstanceOf(Failure.class).hasMessageContaining("interrupted");
      go.countDown();
      sphinx.begin("", new Adaptation()).close();
      assertThat(made).hasValue(2);
    }
  }

  @Test
  void anUtteranceWhoseEndWasInterruptedIsNotHeardInTheNext() throws Exception {
    var speech = Sounds.speech("The train leaves at seven in the morning.", "slt", -22);
    var other = Sounds.speech("I live in a small house beside the river.", "slt", -22);
    try (var natives = new NativePool("test", 1, 16);
        var sphinx = new SphinxRecognizer(SphinxModel.DEBIAN, natives, 1)) {
      var undisturbed = hear(sphinx, speech, new Adaptation());
      var go = new CountDownLatch(1);
      try (var utterance = sphinx.begin("", new Adaptation())) {
        utterance.accept(other);
        natives.submit(() -> {
          go.await();
          return true;
        });
        Thread.currentThread().interrupt();
        assertThatThrownBy(utterance::finish).hasMessageContaining("interrupted");
      }
      assertThat(Thread.interrupted()).isTrue();
      go.countDown();
      assertThat(hear(sphinx, speech, new Adaptation())).isEqualTo(undisturbed);
    }
  }

  private static Hypothesis hear(Recognizer recognizer, short[] sound, Adaptation microphone) {
    try (var utterance = recognizer.begin("", microphone)) {
      utterance.accept(sound);
      return utterance.finish();
    }
  }
}
