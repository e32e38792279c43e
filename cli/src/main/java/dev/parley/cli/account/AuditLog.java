package dev.parley.cli.account;

import dev.parley.cli.server.Exit;
import dev.parley.cli.server.Named;
import dev.parley.cli.server.Server;
import dev.parley.identity.v1.AuditEntry;
import dev.parley.identity.v1.ListAuditEntriesRequest;
import dev.parley.identity.v1.ListAuditEntriesResponse;
import dev.parley.identity.v1.OrganisationServiceGrpc;
import dev.parley.identity.v1.VerifyAuditRequest;
import dev.parley.identity.v1.VerifyAuditResponse;
import java.io.PrintWriter;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What was done in the organisation. */
@Command(
    name = "audit",
    description = "What was done in the organisation.",
    mixinStandardHelpOptions = true)
public final class AuditLog {
  private static final int PAGE = 200;

  @Spec private CommandSpec spec;

  @Command(description = "Entries, the newest first.", mixinStandardHelpOptions = true)
  int list(
      @Mixin Server server,
      @Option(names = "--action", defaultValue = "", description = "Only this one.") String action,
      @Option(names = "--limit", defaultValue = "50", description = "At most so many (50).")
          int limit) {
    return server.use(channel -> {
      var stub = OrganisationServiceGrpc.newBlockingStub(channel);
      var request =
          ListAuditEntriesRequest.newBuilder()
              .setAction(action)
              .setPageSize(Math.clamp(limit, 1, PAGE));
      int left = limit;
      ListAuditEntriesResponse page;
      do {
        page = stub.withDeadlineAfter(10, TimeUnit.SECONDS).listAuditEntries(request.build());
        page.getEntriesList().stream().limit(left).forEach(it -> told(line(it)));
        left -= page.getEntriesCount();
        request.setPageToken(page.getNextPageToken());
      } while (left > 0 && !page.getNextPageToken().isEmpty());
      return Exit.DONE;
    });
  }

  @Command(
      description = "Computes the chain of hashes anew; fails when an entry does not fit.",
      mixinStandardHelpOptions = true)
  int verify(@Mixin Server server) {
    VerifyAuditResponse found =
        server.use(channel ->
            OrganisationServiceGrpc.newBlockingStub(channel)
                .withDeadlineAfter(5, TimeUnit.MINUTES)
                .verifyAudit(VerifyAuditRequest.getDefaultInstance()));
    if (!found.getIntact()) {
      told("broken at entry %d of %d".formatted(found.getFirstBroken(), found.getEntries()));
      return Exit.FAILED;
    }
    return told("intact: %d entries, head %s".formatted(found.getEntries(), found.getHead()));
  }

  private static String line(AuditEntry it) {
    return "%6d  %s  %-24s %s%s%s"
        .formatted(
            it.getNumber(),
            Named.of(it.hasTime(), it.getTime()),
            it.getActorName().isEmpty() ? it.getActor() : it.getActorName(),
            it.getAction().substring(it.getAction().lastIndexOf('/') + 1),
            it.getTarget().isEmpty() ? "" : " " + it.getTarget(),
            it.getOutcome().equals("done") ? "" : " (" + it.getOutcome() + ")");
  }

  private int told(String line) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(line);
    out.flush();
    return Exit.DONE;
  }
}
