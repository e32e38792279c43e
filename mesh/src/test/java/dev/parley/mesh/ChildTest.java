package dev.parley.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildTest {
  @TempDir private Path folder;
  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

  @Test
  void aProcessThatIsKilledIsStartedAgain() throws Exception {
    try (Child child = Child.start(launch("sleep 60"), told::add)) {
      long first = child.pid();
      ProcessHandle.of(first).orElseThrow().destroyForcibly();
      assertThat(told.poll(10, TimeUnit.SECONDS)).contains("sleeper ended with 137");
      await(() -> child.pid() != first && child.isAlive());
      assertThat(child.restarts()).isEqualTo(1);
    }
  }

  @Test
  void oneThatKeepsEndingIsStartedEverMoreSlowly() throws Exception {
    try (Child child = Child.start(launch("exit 3"), told::add)) {
      assertThat(told.poll(10, TimeUnit.SECONDS)).contains("ended with 3", "in 200 ms");
      assertThat(told.poll(10, TimeUnit.SECONDS)).contains("in 400 ms");
      assertThat(told.poll(10, TimeUnit.SECONDS)).contains("in 800 ms");
    }
  }

  @Test
  void oneThatIsStoppedStaysSo() throws Exception {
    Child child = Child.start(launch("sleep 60"), told::add);
    child.close();
    assertThat(child.isAlive()).isFalse();
    assertThat(told.poll(500, TimeUnit.MILLISECONDS)).isNull();
  }

  private Launch launch(String script) {
    return new Launch(
        "sleeper",
        List.of("sh", "-c", script.startsWith("exit") ? script : "exec " + script),
        folder,
        folder.resolve("log"),
        Map.of());
  }

  private static void await(java.util.function.BooleanSupplier what) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (!what.getAsBoolean() && System.nanoTime() < end) {
      Services.pause();
    }
    assertThat(what.getAsBoolean()).isTrue();
  }
}
