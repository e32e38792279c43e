package dev.parley.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.kit.failure.Failure;
import dev.parley.kit.identity.Owner;
import dev.parley.orchestrator.conversation.Listener;
import dev.parley.orchestrator.conversation.Span;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How much speech is counted of what is heard. */
class CountedListenerTest {
  private static final Owner ANN = new Owner("acme", "ann");
  private static final Listener.Request REQUEST =
      new Listener.Request(ANN, Listener.Encoding.PCM, 16_000, "en");

  private final List<String> counted = new ArrayList<>();
  private Optional<Listener.Sink> inner = Optional.empty();
  private final Listener listener =
      new CountedListener(new Told(), (owner, it) -> counted.add(owner.personId() + " " + it));

  @Test
  void everyUtteranceOfWordsIsCountedOnceWhenItIsFinal() {
    List<String> passed = new ArrayList<>();
    listener.listen(REQUEST, collecting(passed));
    Listener.Sink ear = inner.orElseThrow();
    ear.speechStarted(1_000_000);
    ear.partial(said("What is", 1_000_000, 1_500_000));
    ear.speechStopped(3_250_000);
    ear.finalUtterance(said("What is a lighthouse?", 1_000_000, 3_250_000));
    ear.finalUtterance(said("", 4_000_000, 9_000_000));
    ear.finalUtterance(said("And a buoy?", 10_000_000, 11_000_000));
    assertThat(counted).containsExactly("ann PT2.25S", "ann PT1S");
    assertThat(passed)
        .containsExactly(
            "started", "What is", "stopped", "What is a lighthouse?", "", "And a buoy?");
  }

  @Test
  void aWholeFileCountsInItsLength() {
    listener.recognize(new byte[0], REQUEST);
    assertThat(counted).containsExactly("ann " + Duration.ofSeconds(7));
  }

  private static Listener.Utterance said(String text, long startUs, long endUs) {
    return new Listener.Utterance(text, 1, 1, List.of(), new Span(startUs, endUs), "told");
  }

  private static Listener.Sink collecting(List<String> passed) {
    return new Listener.Sink() {
      @Override
      public void speechStarted(long inputTimeUs) {
        passed.add("started");
      }

      @Override
      public void speechStopped(long inputTimeUs) {
        passed.add("stopped");
      }

      @Override
      public void partial(Listener.Utterance utterance) {
        passed.add(utterance.text());
      }

      @Override
      public void finalUtterance(Listener.Utterance utterance) {
        passed.add(utterance.text());
      }

      @Override
      public void failed(Failure failure) {
        passed.add("failed");
      }
    };
  }

  private final class Told implements Listener {
    @Override
    public Ear listen(Request request, Sink sink) {
      inner = Optional.of(sink);
      return new Silent();
    }

    @Override
    public Utterance recognize(byte[] audio, Request request) {
      return said("Hello", 0, 7_000_000);
    }
  }

  private static final class Silent implements Listener.Ear {
    @Override
    public void audio(byte[] data) {}

    @Override
    public void endUtterance() {}

    @Override
    public void echoHint(String text) {}

    @Override
    public void close() {}

    @Override
    public void cancel() {}
  }
}
