package dev.parley.cli;

import dev.parley.kit.failure.Failure;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
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
  /** It is done. */
  public static final int DONE = 0;

  /** It failed; one line on standard error says why. */
  public static final int FAILED = 1;

  /** The command itself is wrong. */
  public static final int MISUSED = 2;

  /** No server answers. */
  public static final int NO_SERVER = 3;

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
      command.getErr().println("parley: " + explain(e));
      command.getErr().flush();
      return e instanceof NoServer ? NO_SERVER : FAILED;
    });
    return line;
  }

  /** One line that says what is wrong. */
  static String explain(Exception e) {
    boolean nobody =
        switch (e) {
          case StatusRuntimeException s -> s.getStatus().getCode() == Status.Code.UNAUTHENTICATED;
          case Failure f -> f.code() == Failure.Code.UNAUTHENTICATED;
          default -> false;
        };
    String said =
        e instanceof StatusRuntimeException status
            ? String.valueOf(status.getStatus().getDescription())
            : String.valueOf(e.getMessage());
    return nobody ? said + "; sign in: ./parley login, or set PARLEY_API_KEY" : said;
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
