package dev.parley.cli;

import dev.parley.cli.account.AuditLog;
import dev.parley.cli.account.Keys;
import dev.parley.cli.account.Login;
import dev.parley.cli.account.Logout;
import dev.parley.cli.account.Members;
import dev.parley.cli.account.Prompt;
import dev.parley.cli.account.UsageOfPlan;
import dev.parley.cli.account.Whoami;
import dev.parley.cli.doctor.Doctor;
import dev.parley.cli.knowledge.Documents;
import dev.parley.cli.knowledge.Memories;
import dev.parley.cli.server.Exit;
import dev.parley.cli.server.NoServer;
import dev.parley.cli.talk.Characters;
import dev.parley.cli.talk.Say;
import dev.parley.cli.talk.Talk;
import java.io.InputStream;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IFactory;

/**
 * The command line behind the launcher. Ends with {@value #DONE} when it is done, {@value #FAILED}
 * for a failure, {@value #MISUSED} for a wrong command and {@value #NO_SERVER} when no server
 * answers.
 */
@Command(
    name = "parley",
    mixinStandardHelpOptions = true,
    subcommands = {
      Say.class,
      Talk.class,
      Characters.class,
      Documents.class,
      Memories.class,
      Doctor.class,
      Login.class,
      Logout.class,
      Whoami.class,
      Keys.class,
      Members.class,
      AuditLog.class,
      UsageOfPlan.class
    })
public final class Main {
  private Main() {}

  /** Runs one command. */
  public static void main(String[] arguments) {
    boolean terminal = System.console() != null && System.console().isTerminal();
    System.exit(commandLine(System.in, terminal).execute(arguments));
  }

  /** Runs one command on the given streams, as without a terminal; its exit code. */
  public static int run(InputStream in, PrintWriter out, PrintWriter err, String... arguments) {
    return commandLine(in, false).setOut(out).setErr(err).execute(arguments);
  }

  private static CommandLine commandLine(InputStream in, boolean terminal) {
    CommandLine line = new CommandLine(new Main(), new Commands(in, terminal));
    line.setExecutionExceptionHandler((e, command, parsed) -> {
      command.getErr().println("parley: " + Exit.explain(e));
      command.getErr().flush();
      return e instanceof NoServer ? Exit.NO_SERVER : Exit.FAILED;
    });
    return line;
  }

  /** Gives {@code talk} and {@code login} where their words come from. */
  private record Commands(InputStream in, boolean terminal) implements IFactory {
    @Override
    public <K> K create(Class<K> type) throws Exception {
      if (type == Login.class) {
        return type.cast(new Login(new Prompt(in, terminal)));
      }
      return type == Talk.class
          ? type.cast(new Talk(in, terminal))
          : CommandLine.defaultFactory().create(type);
    }
  }
}
