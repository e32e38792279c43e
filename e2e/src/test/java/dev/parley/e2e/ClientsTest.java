package dev.parley.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.parley.client.example.Talk;
import dev.parley.client.golden.Golden;
import dev.parley.kit.ids.Ids;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The golden conversations from every language, through every door, against the whole product. */
@Timeout(value = 30, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ClientsTest {
  private static final Path CLIENTS = Path.of("..", "clients");
  private static final String AT_ONCE = "6";
  private static final int TOOLS_ARE_MISSING = 77;
  private static final String ANSWER = "the deep blue just after sunset";
  private final Running parley = Running.shared();
  @TempDir private Path folder;

  @Test
  void theGoldenConversationsPassFromJavaThroughFourDoors() throws Exception {
    assertThat(java("--jobs", AT_ONCE)).isTrue();
  }

  @Test
  void whatIsUsedUpIsRefusedInJava() throws Exception {
    assertThat(java("--key", newcomersKey(), "--have", "quota", "quota")).isTrue();
  }

  /** The first time on a machine a language's client is built, which takes some minutes. */
  @ParameterizedTest
  @ValueSource(strings = {"python", "go", "typescript", "rust"})
  void theGoldenConversationsPassFromOtherLanguages(String language) throws Exception {
    Assumptions.assumeTrue(
        !language.equals("rust") || Boolean.getBoolean("parley.long"),
        "rust: several hundred crates are built first; only with --long");
    String all = played("golden", language, "--jobs", AT_ONCE);
    assertThat(all).contains(" passed, 0 failed");
    String quota = played("golden", language, "--key", newcomersKey(), "--have", "quota", "quota");
    assertThat(quota).contains(" passed, 0 failed, 0 skipped");
    assertThat(played("talk", language)).contains(ANSWER);
  }

  @Test
  void theExampleTalksInJava() throws Exception {
    String java = ProcessHandle.current().info().command().orElseThrow();
    String classes = System.getProperty("java.class.path");
    assertThat(told(java, "-cp", classes, Talk.class.getName(), parley.uri(""))).contains(ANSWER);
  }

  private boolean java(String... asked) throws Exception {
    String golden = CLIENTS.resolve("golden").toString();
    return Golden.run(
        Stream.concat(Stream.of("--base", parley.uri(""), "--folder", golden), Stream.of(asked))
            .toArray(String[]::new));
  }

  private String played(String what, String language, String... asked) throws Exception {
    return told(
        Stream.concat(
                Stream.of(
                    CLIENTS.resolve("run.sh").toString(), what, language, "--base", parley.uri("")),
                Stream.of(asked))
            .toArray(String[]::new));
  }

  /** What a program tells that is given a question to ask. */
  private String told(String... command) throws Exception {
    Path question =
        Files.writeString(folder.resolve("question"), "What is your favourite colour?\n");
    Path out = folder.resolve("out");
    Process process =
        new ProcessBuilder(command)
            .redirectInput(question.toFile())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    boolean ended = process.waitFor(20, TimeUnit.MINUTES);
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
    String said = Files.readString(out);
    System.out.println(said);
    assertThat(ended).as(said).isTrue();
    Assumptions.assumeTrue(process.exitValue() != TOOLS_ARE_MISSING, said);
    assertThat(process.exitValue()).as(said).isZero();
    return said;
  }

  /** Of an organisation of its own, which has few turns. */
  private String newcomersKey() throws Exception {
    String signUp =
        "{\"email\":\"golden-%s@example.org\",\"password\":\"tulip-crane-41-mossy\",\"displayName\":\"Golden\"}"
            .formatted(Ids.next());
    JsonObject made =
        JsonParser.parseString(parley.post("/v1/identity:signUp", signUp).body()).getAsJsonObject();
    String bearer = "Bearer " + made.getAsJsonObject("tokens").get("accessToken").getAsString();
    var asked = parley.to("/v1/keys").header("authorization", bearer);
    String key = parley.send(asked, "POST", "{\"displayName\":\"golden\"}").body();
    return JsonParser.parseString(key).getAsJsonObject().get("secret").getAsString();
  }
}
