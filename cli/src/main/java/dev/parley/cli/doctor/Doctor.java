package dev.parley.cli.doctor;

import dev.parley.cli.server.Exit;
import dev.parley.cli.server.Server;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Says what is installed, what the running server uses and why, and the line that mends what is
 * missing. Ends with {@link Main#FAILED} when something that is needed is missing or down.
 */
@Command(
    name = "doctor",
    description = "What is there, what is missing, what mends it.",
    mixinStandardHelpOptions = true)
public final class Doctor implements Callable<Integer> {
  @Mixin private Server server;
  @Spec private CommandSpec spec;

  @Option(
      names = "--management",
      defaultValue = "${env:PARLEY_STANDALONE_MANAGEMENT_PORT:-9090}",
      description = "Management port of the server, or an http address (default 9090).")
  private String management;

  @Override
  public Integer call() {
    List<Finding> findings = new ArrayList<>(Machine.look(System.getenv()));
    URI operators = URI.create(management.matches("\\d+") ? local(management) : management);
    RunningServer running = RunningServer.at(operators, URI.create(server.uri()));
    PrintWriter out = spec.commandLine().getOut();
    section(out, "This machine", findings);
    section(out, running.title(), running.findings());
    findings.addAll(running.findings());
    conclude(out, findings.stream().filter(Finding::bad).toList());
    out.flush();
    return findings.stream().anyMatch(f -> f.mark() == Finding.Mark.PROBLEM)
        ? Exit.FAILED
        : Exit.DONE;
  }

  private static String local(String port) {
    return "http://127.0.0.1:" + port;
  }

  private static void section(PrintWriter out, String title, List<Finding> findings) {
    out.println(title);
    findings.forEach(f -> out.println(f.line()));
    out.println();
  }

  private static void conclude(PrintWriter out, List<Finding> bad) {
    if (bad.isEmpty()) {
      out.println("All is well.");
      return;
    }
    out.println(bad.size() == 1 ? "One thing to mend:" : bad.size() + " things to mend:");
    for (Finding finding : bad) {
      out.println("  " + finding.name() + ": " + finding.detail());
      finding.mend().ifPresent(line -> out.println("      " + line));
    }
  }

  /**
   * One thing that was looked at.
   *
   * @param detail where it is, what it is for, or what is wrong
   * @param mend the line that mends it
   */
  record Finding(Mark mark, String name, String detail, Optional<String> mend) {
    /** How it is. */
    enum Mark {
      /** There. */
      OK("ok"),
      /** Not there; Parley works with less. */
      MISSING("missing"),
      /** Not there or broken, and needed. */
      PROBLEM("PROBLEM");

      private final String word;

      Mark(String word) {
        this.word = word;
      }
    }

    static Finding ok(String name, String detail) {
      return new Finding(Mark.OK, name, detail, Optional.empty());
    }

    boolean bad() {
      return mark != Mark.OK;
    }

    String line() {
      return String.format("  %-8s %-28s %s", mark.word, name, detail);
    }
  }

  /** Where a path of the launcher would be looked for. */
  static Path data(java.util.Map<String, String> environment) {
    return Path.of(environment.getOrDefault("PARLEY_DATA", "data"));
  }
}
