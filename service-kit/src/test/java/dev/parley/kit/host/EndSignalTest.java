package dev.parley.kit.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EndSignalTest {
  @Test
  void allIsClosedBeforeTheJvmShutsDown() throws Exception {
    Process process = child("wait");
    try (BufferedReader out = process.inputReader()) {
      assertThat(out.readLine()).isEqualTo("runs");
      process.toHandle().destroy(); // Process.destroy would close the stream that is read.
      assertThat(out.lines()).containsExactly("closed", "hook");
    }
    assertThat(process.waitFor()).as("128 and SIGTERM").isEqualTo(143);
  }

  @Test
  void whoIsInsideMaySayItTooAndTheFirstWordCounts() throws Exception {
    Process process = child("end");
    try (BufferedReader out = process.inputReader()) {
      assertThat(out.lines()).containsExactly("runs", "closed", "hook");
    }
    assertThat(process.waitFor()).isEqualTo(7);
  }

  @Test
  void whoIsToldWhileItStartsEndsOnceItHasStarted() throws Exception {
    Process process = child("start");
    try (BufferedReader out = process.inputReader()) {
      assertThat(out.readLine()).isEqualTo("starts");
      process.toHandle().destroy();
      process.outputWriter().append('\n').flush(); // now it has started
      assertThat(out.lines()).containsExactly("runs", "closed", "hook");
    }
    assertThat(process.waitFor()).isEqualTo(143);
  }

  @Test
  void whoIsToldAgainWhileItStartsEndsAtOnce() throws Exception {
    Process process = child("start");
    try (BufferedReader out = process.inputReader()) {
      assertThat(out.readLine()).isEqualTo("starts");
      while (process.isAlive()) {
        process.toHandle().destroy();
        process.waitFor(50, TimeUnit.MILLISECONDS);
      }
      assertThat(out.lines()).isEmpty();
    }
    assertThat(process.waitFor()).isEqualTo(143);
  }

  private static Process child(String what) throws IOException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Child.class.getName(),
            what);
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /** Runs until it is told to end. */
  static final class Child {
    private Child() {}

    /** Ends itself where the argument says so. */
    public static void main(String[] arguments) throws IOException {
      Runtime.getRuntime()
          .addShutdownHook(Thread.ofPlatform().unstarted(() -> System.out.println("hook")));
      EndSignal end = EndSignal.listen();
      if (arguments[0].equals("start")) {
        System.out.println("starts");
        System.in.read();
      }
      System.out.println("runs");
      if (arguments[0].equals("end")) {
        end.give(7);
        end.give(8);
      }
      end.await(() -> {
        Thread.sleep(200); // As long as something still computes.
        System.out.println("closed");
      });
    }
  }
}
