package dev.parley.cli.account;

import dev.parley.cli.server.Exit;
import dev.parley.cli.server.Named;
import dev.parley.cli.server.Server;
import dev.parley.identity.v1.GetUsageRequest;
import dev.parley.identity.v1.GetUsageResponse;
import dev.parley.identity.v1.OrganisationServiceGrpc;
import dev.parley.identity.v1.Plan;
import dev.parley.identity.v1.Usage;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What was used of the organisation's plan. */
@Command(
    name = "usage",
    description = "What was used of the plan.",
    mixinStandardHelpOptions = true)
public final class UsageOfPlan implements Callable<Integer> {
  private static final long MEGABYTE = 1_000_000;

  @Mixin private Server server;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    GetUsageResponse found =
        server.use(channel ->
            OrganisationServiceGrpc.newBlockingStub(channel)
                .withDeadlineAfter(10, TimeUnit.SECONDS)
                .getUsage(GetUsageRequest.getDefaultInstance()));
    Plan plan = found.getPlan();
    Usage used = found.getUsage();
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "plan %s; counts by month begin anew %s%n",
        plan.getId(), Named.of(used.hasResetTime(), used.getResetTime()));
    line(out, "turns", used.getTurns(), plan.getTurns());
    line(out, "minutes of speech", used.getSpeechSeconds() / 60, plan.getSpeechMinutes());
    line(out, "calls", used.getCalls(), plan.getCalls());
    line(out, "documents", used.getDocuments(), plan.getDocuments());
    line(
        out,
        "storage, megabytes",
        used.getStorageBytes() / MEGABYTE,
        plan.getStorageBytes() / MEGABYTE);
    out.flush();
    return Exit.DONE;
  }

  private static void line(PrintWriter out, String what, long used, long most) {
    out.printf("%-20s %,10d%s%n", what, used, most > 0 ? " of %,d".formatted(most) : "");
  }
}
