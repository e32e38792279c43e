package dev.parley.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who asks to be forgotten is in no store any more, which was in all of them before. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ForgetMeTest {
  private static final String RARE = "Quaxolotl";
  @TempDir private Path folder;

  @Test
  void afterForgetMeARareWordIsInNoStore() throws Exception {
    try (Running parley = Running.on(folder)) {
      say(parley, "My sister " + RARE + " keeps llamas.");
      say(parley, "What does my sister " + RARE + " keep?");
      assertThat(parley.get("/v1/memories").body()).contains(RARE, "ITEM_KIND_FACT");
      assertThat(json(parley.get("/v1/memories:export").body()).getAsJsonArray("items"))
          .isNotEmpty();
      awaitIn("redis", true);
      assertThat(tables()).as("PostgreSQL").contains(RARE);
      assertThat(has("memory")).as("Lucene").isTrue();
      assertThat(files("objects")).as("S3").isNotEmpty();

      JsonObject erasure = forgetMe(parley);

      Map<String, Long> removed = new HashMap<>();
      for (JsonElement it : erasure.getAsJsonArray("removals")) {
        JsonObject removal = it.getAsJsonObject();
        String count = removal.has("count") ? removal.get("count").getAsString() : "0";
        removed.put(removal.get("what").getAsString(), Long.valueOf(count));
      }
      assertThat(removed.keySet())
          .contains(
              "sessions",
              "turns",
              "media",
              "session logs",
              "memories",
              "recent turns",
              "embedding cache");
      assertThat(removed).containsEntry("turns", 2L);
      assertThat(removed.get("media")).isPositive();
      assertThat(removed.get("memories")).isGreaterThanOrEqualTo(3);
      assertGone(parley);
    }
  }

  @Test
  void anErasureThatWasKilledWithSignal9IsDoneAfterTheRestart() throws Exception {
    String id;
    try (ParleyProcess first = ParleyProcess.on(folder)) {
      for (int i = 0; i < 4; i++) {
        first.post("v1/characters/ada:respond", "{\"text\":\"My sister is " + RARE + ".\"}");
      }
      JsonObject begun = json(first.post("v1/me:forget", "{}")).getAsJsonObject("erasure");
      id = begun.get("id").getAsString();
      first.kill();
    }
    Instant killed = Instant.now();
    try (Running parley = Running.on(folder)) {
      awaitDone(parley, id);
      JsonObject after = json(parley.get("/v1/me/erasures/" + id).body());
      String end = after.getAsJsonObject("erasure").get("endTime").getAsString();
      assertThat(Instant.parse(end)).as("killed before its end").isAfter(killed);
      assertGone(parley);
    }
  }

  private void assertGone(Running parley) throws Exception {
    assertThat(tables()).as("PostgreSQL").doesNotContain(RARE).contains("forget-me");
    assertThat(has("memory")).as("Lucene").isFalse();
    assertThat(files("objects")).as("S3").isEmpty();
    awaitIn("redis", false);
    assertThat(parley.get("/v1/memories").body()).doesNotContain(RARE);
    assertThat(parley.get("/v1/sessions").body()).doesNotContain(RARE);
  }

  private static void say(Running parley, String text) throws Exception {
    var answer = parley.post("/v1/characters/ada:respond", "{\"text\":\"" + text + "\"}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  private static JsonObject forgetMe(Running parley) throws Exception {
    JsonObject erasure = json(parley.post("/v1/me:forget", "{}").body()).getAsJsonObject("erasure");
    return awaitDone(parley, erasure.get("id").getAsString());
  }

  private static JsonObject awaitDone(Running parley, String id) throws Exception {
    while (true) {
      JsonObject erasure =
          json(parley.get("/v1/me/erasures/" + id).body()).getAsJsonObject("erasure");
      if (erasure.get("state").getAsString().equals("ERASURE_STATE_DONE")) {
        return erasure;
      }
      Thread.sleep(100);
    }
  }

  private static JsonObject json(String body) {
    return JsonParser.parseString(body).getAsJsonObject();
  }

  /** Every row of every table, as a dump shows them. */
  private String tables() throws IOException, SQLException {
    String port;
    try (Stream<Path> files = Files.walk(folder.resolve("postgres"))) {
      Path pid = files.filter(it -> it.endsWith("postmaster.pid")).findFirst().orElseThrow();
      port = Files.readAllLines(pid).get(3).strip();
    }
    StringBuilder all = new StringBuilder();
    try (Connection database =
        DriverManager.getConnection(
            "jdbc:postgresql://127.0.0.1:" + port + "/postgres", "postgres", "postgres")) {
      for (String table : tables(database)) {
        try (var statement = database.createStatement();
            ResultSet rows = statement.executeQuery("select t::text from " + table + " t")) {
          while (rows.next()) {
            all.append(rows.getString(1)).append('\n');
          }
        }
      }
    }
    return all.toString();
  }

  private static List<String> tables(Connection database) throws SQLException {
    List<String> names = new ArrayList<>();
    try (var statement = database.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select quote_ident(schemaname) || '.' || quote_ident(tablename) from pg_tables"
                    + " where schemaname not in ('pg_catalog', 'information_schema')")) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    }
    return names;
  }

  /** What the server still writes behind an answer is waited for. */
  private void awaitIn(String store, boolean there) throws Exception {
    for (int i = 0; i < 200 && has(store) != there; i++) {
      Thread.sleep(100);
    }
    assertThat(has(store)).as(store).isEqualTo(there);
  }

  /** Whether the bytes of any file hold the word, whole or in small letters. */
  private boolean has(String store) throws IOException {
    for (Path file : files(store)) {
      String bytes = new String(read(file), StandardCharsets.ISO_8859_1);
      if (bytes.contains(RARE) || bytes.contains(RARE.toLowerCase(java.util.Locale.ROOT))) {
        return true;
      }
    }
    return false;
  }

  /** A file may be replaced while it is looked for. */
  private static byte[] read(Path file) throws IOException {
    try {
      return Files.readAllBytes(file);
    } catch (java.nio.file.NoSuchFileException gone) {
      return new byte[0];
    }
  }

  private List<Path> files(String store) throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve(store))) {
      return files.filter(Files::isRegularFile).toList();
    }
  }
}
