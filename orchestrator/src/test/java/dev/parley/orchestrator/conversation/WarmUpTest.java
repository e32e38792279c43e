package dev.parley.orchestrator.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WarmUpTest {
  private final Stage stage = new Stage();
  private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
  private final List<String> spoken = Collections.synchronizedList(new ArrayList<>());
  private final Thinker free =
      new Thinker() {
        @Override
        public String name() {
          return "free";
        }

        @Override
        public void think(Thought thought, TokenSink sink) {
          asked.add(thought.input());
          sink.token("An answer.");
        }
      };

  WarmUpTest() {
    stage.realTime = true;
    stage.background = Executors.newVirtualThreadPerTaskExecutor();
    stage.voice =
        (request, sink) -> {
          spoken.add(request.text());
          return Stage.speak(request, sink);
        };
  }

  private Thread started(WarmUp warmUp) {
    return Thread.ofVirtual().start(warmUp);
  }

  @Test
  void everyEngineWorksOnceAndNothingIsKeptOrAskedOfAModelThatCosts() throws Exception {
    Thread warming = started(new WarmUp(stage.character(), stage.parts(), free, () -> false));
    while (stage.microphone.isEmpty()) {
      Thread.sleep(5);
    }
    stage.ear.orElseThrow().finalUtterance(Stage.utterance("who are you", 0.9f));
    warming.join();
    assertThat(asked).hasSize(2).last().isEqualTo("who are you");
    assertThat(spoken).hasSize(3).endsWith("An answer.");
    assertThat(stage.thoughts).isEmpty();
    assertThat(stage.turns.kept).isEmpty();
  }

  @Test
  void nothingBeginsWhileSomebodyIsSpokenTo() throws Exception {
    var looked = new AtomicInteger();
    List<Integer> begunBefore = new ArrayList<>();
    Thread warming =
        started(
            new WarmUp(
                stage.character(),
                stage.parts(),
                free,
                () -> {
                  begunBefore.add(spoken.size());
                  return looked.incrementAndGet() < 3;
                }));
    while (spoken.isEmpty()) {
      Thread.sleep(5);
    }
    assertThat(begunBefore.subList(0, 3)).containsOnly(0);
    warming.interrupt();
    warming.join();
  }

  @Test
  void aServerThatStopsStopsIt() throws Exception {
    Thread warming = started(new WarmUp(stage.character(), stage.parts(), free, () -> true));
    warming.interrupt();
    warming.join();
    assertThat(spoken).isEmpty();
  }
}
