package dev.parley.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.RedisClient;

/** Killed without warning, by itself and with all its children. */
@Timeout(300)
class CrashTest {
  @TempDir Path root;

  @Test
  void whatWasAcknowledgedIsThereAfterTheProcessOrItsWholeTreeWasKilled() throws Exception {
    List<ProcessHandle> orphans = killed("first", false);
    assertThat(orphans).isNotEmpty().anyMatch(ProcessHandle::isAlive);
    killed("second", true);
    for (ProcessHandle orphan : orphans) {
      // Ended is not yet gone: whoever adopted it has to ask for its exit first.
      assertThat(orphan.onExit()).succeedsWithin(Duration.ofSeconds(20));
    }
    try (EmbeddedStores stores = EmbeddedStores.start(root.resolve("data"))) {
      Map<String, String> at = Crashing.addresses(stores);
      try (var connection = DriverManager.getConnection(at.get("orchestrator.postgres-url"));
          var rows =
              connection
                  .createStatement()
                  .executeQuery("select string_agg(word, ' ' order by word) from kept")) {
        rows.next();
        assertThat(rows.getString(1)).isEqualTo("first second");
      }
      try (var redis = RedisClient.create(at.get("orchestrator.redis-url"))) {
        assertThat(redis.smembers("kept")).containsExactlyInAnyOrder("first", "second");
      }
      assertThat(Crashing.objects(at).stat("kept/first")).isPresent();
      assertThat(Crashing.objects(at).stat("kept/second")).isPresent();
    }
  }

  /** The children it had; with {@code all} they are killed as well. */
  private List<ProcessHandle> killed(String word, boolean all) throws Exception {
    Path arguments = Files.writeString(root.resolve("arguments"), "-cp " + quoted());
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process process =
        new ProcessBuilder(
                java,
                "-XX:TieredStopAtLevel=1",
                "@" + arguments,
                Crashing.class.getName(),
                root.resolve("data").toString(),
                word)
            .redirectError(root.resolve("errors").toFile())
            .start();
    try (BufferedReader out = process.inputReader()) {
      assertThat(out.lines().anyMatch("acknowledged"::equals)).as(() -> errors()).isTrue();
      List<ProcessHandle> children = process.descendants().toList();
      process.destroyForcibly().waitFor();
      if (all) {
        children.forEach(ProcessHandle::destroyForcibly);
      }
      return children;
    }
  }

  private static String quoted() {
    return '"' + System.getProperty("java.class.path").replace("\\", "\\\\") + '"';
  }

  private String errors() {
    try {
      return Files.readString(root.resolve("errors"));
    } catch (java.io.IOException e) {
      return e.toString();
    }
  }
}
