package dev.parley.cli;

import dev.parley.kit.failure.Failure;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line behind the launcher. Ends with 0, 1 for a failure, 2 for a wrong command. */
@Command(
    name = "parley",
    mixinStandardHelpOptions = true,
    subcommands = {Say.class, Talk.class, Characters.class, Doctor.class})
public final class Main {
  private Main() {}

  /** Runs one command. */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Main());
    line.setExecutionExceptionHandler(
        (e, command, parsed) -> {
          command.getErr().println("parley: " + explain(e));
          return 1;
        });
    return line;
  }

  static String explain(Exception e) {
    if (e instanceof StatusRuntimeException status) {
      return status.getStatus().getCode() == Status.Code.UNAVAILABLE
          ? "no server answers (" + status.getStatus().getDescription() + "); start one: ./parley up"
          : String.valueOf(status.getStatus().getDescription());
    }
    boolean gone = e instanceof Failure failure && failure.code() == Failure.Code.UNAVAILABLE;
    return e.getMessage() + (gone ? "; is the server there? start one: ./parley up" : "");
  }
}
