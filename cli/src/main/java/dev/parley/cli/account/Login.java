package dev.parley.cli.account;

import dev.parley.cli.server.Exit;
import dev.parley.cli.server.Proof;
import dev.parley.cli.server.Server;
import dev.parley.identity.v1.IdentityServiceGrpc;
import dev.parley.identity.v1.SignInRequest;
import dev.parley.identity.v1.Tokens;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Signs in by address and password, and keeps the sign-in for the commands after. */
@Command(
    name = "login",
    description = "Signs in at a server; later commands act as you there.",
    mixinStandardHelpOptions = true)
public final class Login implements Callable<Integer> {
  private final Prompt prompt;

  @Mixin private Server server;
  @Spec private CommandSpec spec;

  @Option(names = "--email", description = "Your address; asked for when not given.")
  private Optional<String> email;

  @Option(
      names = "--organisation",
      defaultValue = "",
      description = "Its id; the one used last when not given.")
  private String organisation;

  @Option(
      names = "--insecure",
      description = "Lets the password go unencrypted to another machine.")
  private boolean insecure;

  public Login(Prompt prompt) {
    this.prompt = prompt;
  }

  @Override
  public Integer call() {
    if (server.isOverheard() && !insecure) {
      throw new ParameterException(
          spec.commandLine(),
          "login: the password would go unencrypted over the network (expected an address with"
              + " https://, or --insecure)");
    }
    PrintWriter err = spec.commandLine().getErr();
    String who =
        email
            .or(() -> prompt.line(err, "E-mail: "))
            .filter(it -> !it.isEmpty())
            .orElseThrow(this::nothing);
    String password =
        prompt.secret(err, "Password: ").filter(it -> !it.isEmpty()).orElseThrow(this::nothing);
    Tokens tokens =
        server.use(channel ->
            IdentityServiceGrpc.newBlockingStub(channel)
                .withDeadlineAfter(30, TimeUnit.SECONDS)
                .signIn(
                    SignInRequest.newBuilder()
                        .setEmail(who)
                        .setPassword(password)
                        .setOrganisationId(organisation)
                        .build())
                .getTokens());
    server.signIns().change(server.name(), before -> Optional.of(Proof.signIn(tokens)));
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        Whoami.words(tokens.getPerson(), tokens.getOrganisation(), tokens.getRole())
            + " at "
            + server.name());
    out.flush();
    return Exit.DONE;
  }

  private ParameterException nothing() {
    return new ParameterException(
        spec.commandLine(), "login: expected an address and a password, a line each");
  }
}
