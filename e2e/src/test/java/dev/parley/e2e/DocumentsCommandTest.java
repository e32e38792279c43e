package dev.parley.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.cli.Main;
import dev.parley.cli.server.Exit;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Documents and memories from the command line, as somebody does who sees them first. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DocumentsCommandTest {
  private final Running parley = Running.shared();
  private final String mark = "Mark" + UUID.randomUUID().toString().replace("-", "");
  private StringWriter out = new StringWriter();
  private StringWriter err = new StringWriter();
  @TempDir private Path folder;

  private int run(String... command) {
    out = new StringWriter();
    err = new StringWriter();
    return Main.run(
        new ByteArrayInputStream(new byte[0]),
        new PrintWriter(out, true),
        new PrintWriter(err, true),
        Stream.concat(Stream.of(command), Stream.of("--server", "127.0.0.1:" + parley.port()))
            .toArray(String[]::new));
  }

  @Test
  void aFolderIsAddedListedShownFoundMeasuredAndDeleted() throws IOException {
    String manual = mark + ".pdf";
    Files.write(folder.resolve(manual), Papers.pdf(mark));
    Files.write(folder.resolve(mark + ".md"), Papers.markdown(mark));
    Files.write(folder.resolve(".hidden"), new byte[] {0, 1, 2});

    assertThat(run("documents", "add", folder.toString())).as("%s%s", out, err).isZero();
    assertThat(out.toString()).doesNotContain("\r", ".hidden");
    assertThat(err.toString()).contains("no character answers from the collection \"default\"");
    List<String> ids =
        out.toString().lines().filter(it -> it.contains(": ready, ")).map(it -> id(it)).toList();
    assertThat(ids).hasSize(2);

    assertThat(run("documents", "add", folder.resolve(manual).toString())).isZero();
    assertThat(out.toString()).contains(ids.getLast(), "was there already");
    assertThat(run("documents", "list")).isZero();
    assertThat(out.toString().lines()).anyMatch(it -> it.startsWith(ids.getLast()));
    assertThat(run("documents", "show", ids.getLast(), "--passages", "9")).isZero();
    assertThat(out.toString()).contains(manual, "PDF", "3 pages", Papers.ANSWER);
    assertThat(run("documents", "search", Papers.QUESTION, "--limit", "50")).isZero();
    assertThat(out.toString()).contains(", page ", Papers.ANSWER);

    assertThat(evaluated(manual)).isZero();
    assertThat(out.toString()).contains("2 questions", "hybrid", "not among the first 10:");
    assertThat(out.toString().lines()).endsWith("  What is nowhere?");
    assertThat(err.toString()).isEqualTo("parley: no document \"no-such.pdf\" is there\n");

    assertThat(run("documents", "delete", ids.getFirst(), ids.getLast())).isZero();
    assertThat(run("documents", "show", ids.getFirst())).isEqualTo(Exit.FAILED);
    assertThat(err.toString()).startsWith("parley: no document");
  }

  private int evaluated(String manual) throws IOException {
    Path questions = folder.resolve("questions.jsonl");
    Files.writeString(
        questions,
        """
        {"question": "What is %s about?", "document": "%s"}

        {"question": "What is nowhere?", "document": "no-such.pdf", "page": 3}
        """
            .formatted(mark, manual));
    return run("documents", "evaluate", questions.toString());
  }

  @Test
  void whatCannotBeReadIsOneClearLine() throws IOException {
    Path gone = folder.resolve("gone.pdf");
    assertThat(run("documents", "add", gone.toString())).isEqualTo(Exit.FAILED);
    assertThat(out.toString()).isEqualTo(gone + ": cannot be read\n");
    Path wrong = Files.writeString(folder.resolve("wrong.jsonl"), "{\"question\": null}\n");
    assertThat(run("documents", "evaluate", wrong.toString())).isEqualTo(Exit.FAILED);
    assertThat(err.toString()).startsWith("parley: line 1").hasLineCount(1);
    assertThat(run("documents", "list", "--collection", "no-" + mark.toLowerCase())).isZero();
    assertThat(err.toString()).isEqualTo("parley: no documents (./parley documents add FILE)\n");
  }

  @Test
  void memoriesAreListedAndForgotten() throws Exception {
    String character = parley.character(mark.toLowerCase(), "");
    assertThat(run("memories", "list", "--character", character)).isZero();
    assertThat(err.toString()).isEqualTo("parley: nothing is remembered of you\n");
    assertThat(run("say", "My favourite tea is " + mark + ".", "--character", character)).isZero();
    do {
      assertThat(run("memories", "list", "--character", character)).isZero();
    } while (!out.toString().contains("  fact "));
    String fact = out.toString().lines().filter(it -> it.contains("  fact ")).findFirst().get();
    assertThat(run("memories", "forget", id(fact))).isZero();
    assertThat(run("memories", "list", "--character", character)).isZero();
    assertThat(out.toString()).doesNotContain(id(fact));
  }

  private static String id(String line) {
    return line.substring(0, line.indexOf("  "));
  }
}
