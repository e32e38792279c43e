package dev.parley.cli.account;

import dev.parley.cli.server.Exit;
import dev.parley.cli.server.Named;
import dev.parley.cli.server.Server;
import dev.parley.identity.v1.GetMeRequest;
import dev.parley.identity.v1.GetMeResponse;
import dev.parley.identity.v1.IdentityServiceGrpc;
import dev.parley.identity.v1.Organisation;
import dev.parley.identity.v1.Person;
import dev.parley.type.v1.Role;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Who the server takes the caller for. */
@Command(
    name = "whoami",
    description = "Who the server takes you for.",
    mixinStandardHelpOptions = true)
public final class Whoami implements Callable<Integer> {
  @Mixin private Server server;
  @Spec private CommandSpec spec;

  @Option(names = "--permissions", description = "Also what you may do, one a line.")
  private boolean permissions;

  @Override
  public Integer call() {
    GetMeResponse me =
        server.use(channel ->
            IdentityServiceGrpc.newBlockingStub(channel)
                .withDeadlineAfter(10, TimeUnit.SECONDS)
                .getMe(GetMeRequest.getDefaultInstance()));
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        me.hasServiceAccount()
            ? me.getServiceAccount().getDisplayName()
                + " (a program)"
                + where(me.getOrganisation(), me.getRole())
            : words(me.getPerson(), me.getOrganisation(), me.getRole()));
    if (permissions) {
      me.getPermissionsList().forEach(it -> out.println(Named.of(it)));
    }
    out.flush();
    return Exit.DONE;
  }

  /** {@code Maya Ortega <maya@harbour.example>, owner of Harbour office}. */
  static String words(Person person, Organisation organisation, Role role) {
    String address = person.getEmail().isEmpty() ? "" : " <" + person.getEmail() + ">";
    String name = person.getDisplayName().isEmpty() ? person.getId() : person.getDisplayName();
    return name + address + where(organisation, role);
  }

  private static String where(Organisation organisation, Role role) {
    return ", " + Named.of(role) + " of " + organisation.getDisplayName();
  }
}
