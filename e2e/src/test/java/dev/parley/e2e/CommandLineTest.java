package dev.parley.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import dev.parley.cli.Main;
import dev.parley.cli.server.Exit;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command line as a person uses it, against the whole product. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CommandLineTest {
  private final Running parley = Running.shared();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  @TempDir private Path folder;

  private int run(int port, String typed, String... command) {
    String[] all = java.util.Arrays.copyOf(command, command.length + 2);
    all[command.length] = "--server";
    all[command.length + 1] = "127.0.0.1:" + port;
    return Main.run(
        new ByteArrayInputStream(typed.getBytes(UTF_8)),
        new PrintWriter(out, true),
        new PrintWriter(err, true),
        all);
  }

  private int run(String... command) {
    return run(parley.port(), "", command);
  }

  @Test
  void anAnswerIsPrintedAndSavedAsSound() throws IOException {
    Path file = folder.resolve("answer.wav");
    assertThat(run("say", "Who are you?", "--out", file.toString())).as("%s", err).isZero();
    assertThat(out.toString()).contains("Ada");
    assertThat(new String(Files.readAllBytes(file), 0, 4, UTF_8)).isEqualTo("RIFF");
    assertThat(Files.size(file)).isGreaterThan(48_000);
    assertThat(Files.list(folder)).containsExactly(file);
  }

  @Test
  void aTurnIsPrintedAsJsonWithItsWordsAndReceipt() {
    assertThat(run("say", "Who are you?", "--json", "--character", "marcus")).isZero();
    var turn = JsonParser.parseString(out.toString()).getAsJsonObject();
    assertThat(turn.get("characterId").getAsString()).isEqualTo("marcus");
    assertThat(turn.getAsJsonArray("words")).isNotEmpty();
    assertThat(turn.getAsJsonObject("receipt").getAsJsonArray("stages")).isNotEmpty();
  }

  @Test
  void whatCannotBeSaidOrSavedIsOneClearLine() {
    assertThat(run("say", "Hi", "--character", "nobody")).isEqualTo(Exit.FAILED);
    assertThat(err.toString()).isEqualTo("parley: no character with id \"nobody\"\n");
    assertThat(run("say", "")).isEqualTo(Exit.FAILED);
    assertThat(err.toString()).contains("text");
    Path nowhere = folder.resolve("no/such/folder.wav");
    assertThat(run("say", "Hi", "--out", nowhere.toString())).isEqualTo(Exit.FAILED);
    assertThat(err.toString()).contains(nowhere + " cannot be written");
  }

  @Test
  void aConversationFromAPipeAnswersLineAfterLine() throws Exception {
    parley.character("piped", "Good day.");
    int code = run(parley.port(), "What is your name?\n/quit\n", "talk", "--character", "piped");
    assertThat(code).isZero();
    assertThat(out.toString().lines().filter(line -> line.startsWith("Nell: ")))
        .hasSize(2)
        .first()
        .isEqualTo("Nell: Good day.");
  }

  @Test
  void aRecordingIsUnderstoodAndAnswered() throws Exception {
    String voiced = parley.character("voiced-" + System.nanoTime(), "");
    Path question = folder.resolve("question.wav");
    Files.write(question, parley.spoken("What is your name?", "slt"));
    String typed = "/voice " + question + "\n/voice " + folder.resolve("gone.wav") + "\n/quit\n";
    assertThat(run(parley.port(), typed, "talk", "--character", voiced)).isZero();
    assertThat(out.toString())
        .contains("you: what is your name")
        .containsPattern("Nell: .*Nell")
        .contains("gone.wav cannot be read");
  }

  @Test
  void aConversationGoesOnAfterItsConnectionWasCut() throws Exception {
    parley.character("cutoff", "This greeting is long enough to be cut off in the middle of it.");
    try (Link link = Link.to(parley.port())) {
      Thread.ofVirtual()
          .start(() -> {
            while (!out.toString().contains("long enough")) {
              nap();
            }
            link.cut();
          });
      assertThat(run(link.port(), "What is your name?\n", "talk", "--character", "cutoff"))
          .isZero();
    }
    assertThat(out.toString()).contains("! connection lost", "! connected again");
    assertThat(out.toString().lines())
        .contains("Nell: This greeting is long enough to be cut off in the middle of it.");
  }

  private static void nap() {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void theDoctorShowsTheEnginesAndStoresOfTheRunningServer() {
    run("doctor", "--management", "http://127.0.0.1:" + parley.managementPort());
    assertThat(out.toString())
        .contains("is ready")
        .containsPattern("ok +orchestrator/thinker +grounded")
        .containsPattern("ok +speech/synthesis +flite");
  }
}
