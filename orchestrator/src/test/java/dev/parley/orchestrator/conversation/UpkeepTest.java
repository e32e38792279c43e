package dev.parley.orchestrator.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class UpkeepTest {
  private final Queue<Runnable> threads = new ArrayDeque<>();
  private final Upkeep upkeep = new Upkeep(threads::add, 2);
  private final List<Integer> done = new ArrayList<>();

  @Test
  void soManyTasksAtATimeAndTheRestInItsOrder() {
    for (int i = 0; i < 5; i++) {
      add(i);
    }
    assertThat(threads).hasSize(2);
    threads.remove().run();
    assertThat(done).containsExactly(0, 1, 2, 3, 4);
    threads.remove().run();
    add(5);
    assertThat(threads).hasSize(1);
  }

  @Test
  void aTaskThatFailsKeepsNobodysPlace() {
    for (int i = 0; i < 4; i++) {
      upkeep.execute(() -> {
        throw new IllegalStateException("down");
      });
    }
    add(1);
    threads.remove().run();
    threads.remove().run();
    assertThat(done).containsExactly(1);
    add(2);
    add(3);
    assertThat(threads).hasSize(2);
  }

  private void add(int task) {
    upkeep.execute(() -> done.add(task));
  }
}
