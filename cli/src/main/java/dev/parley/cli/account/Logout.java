package dev.parley.cli.account;

import dev.parley.cli.server.Exit;
import dev.parley.cli.server.Server;
import dev.parley.cli.server.SignIns.SignIn;
import dev.parley.identity.v1.IdentityServiceGrpc;
import dev.parley.identity.v1.SignOutRequest;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Ends the sign-in here and at the server. */
@Command(
    name = "logout",
    description = "Ends your sign-in at a server.",
    mixinStandardHelpOptions = true)
public final class Logout implements Callable<Integer> {
  @Mixin private Server server;
  @Spec private CommandSpec spec;

  @Option(names = "--everywhere", description = "Ends all your sign-ins, of browsers too.")
  private boolean everywhere;

  @Override
  public Integer call() {
    Optional<SignIn> known = server.signIns().at(server.name());
    known.ifPresent(this::signOut);
    server.signIns().change(server.name(), before -> Optional.empty());
    PrintWriter out = spec.commandLine().getOut();
    out.println(known.isPresent() ? "signed out at " + server.name() : "nobody was signed in");
    out.flush();
    return Exit.DONE;
  }

  private void signOut(SignIn it) {
    var request =
        SignOutRequest.newBuilder()
            .setRefreshToken(it.refreshToken())
            .setEverywhere(everywhere)
            .build();
    server.use(channel ->
        IdentityServiceGrpc.newBlockingStub(channel)
            .withDeadlineAfter(10, TimeUnit.SECONDS)
            .signOut(request));
  }
}
