package dev.parley.cli.account;

import com.google.protobuf.Timestamp;
import dev.parley.cli.server.Exit;
import dev.parley.cli.server.Named;
import dev.parley.cli.server.Server;
import dev.parley.identity.v1.ApiKey;
import dev.parley.identity.v1.ApiKeyKind;
import dev.parley.identity.v1.CreateApiKeyRequest;
import dev.parley.identity.v1.CreateApiKeyResponse;
import dev.parley.identity.v1.KeyServiceGrpc;
import dev.parley.identity.v1.KeyServiceGrpc.KeyServiceBlockingStub;
import dev.parley.identity.v1.ListApiKeysRequest;
import dev.parley.identity.v1.ListApiKeysResponse;
import dev.parley.identity.v1.RevokeApiKeyRequest;
import dev.parley.kit.ids.Ids;
import dev.parley.type.v1.Permission;
import io.grpc.Channel;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Keys for programs and pages. */
@Command(
    name = "keys",
    description = "Keys for programs and pages.",
    mixinStandardHelpOptions = true)
public final class Keys {
  @Spec private CommandSpec spec;

  /** What a key is good for. */
  static final class Wish {
    @Option(
        names = "--may",
        split = ",",
        converter = Named.Permissions.class,
        description =
            "What it may do, such as conversations_write; may be given again. All that"
                + " its holder may when not given.")
    private List<Permission> may = List.of();

    @Option(
        names = "--days",
        defaultValue = "90",
        description = "How long it is good (90); 0 for ever.")
    private int days;

    @Option(
        names = "--origin",
        description = "Makes a public key for a page of this origin; may be given again.")
    private List<String> origins = List.of();

    @Option(names = "--character", description = "Whom a page may talk to; may be given again.")
    private List<String> characters = List.of();

    @Option(
        names = "--service-account",
        defaultValue = "",
        description = "Whose it is, by id; yours when not given.")
    private String holder;

    private CreateApiKeyRequest.Builder request() {
      CreateApiKeyRequest.Builder request =
          CreateApiKeyRequest.newBuilder()
              .setKind(
                  origins.isEmpty()
                      ? ApiKeyKind.API_KEY_KIND_SECRET
                      : ApiKeyKind.API_KEY_KIND_WIDGET)
              .addAllPermissions(may)
              .addAllOrigins(origins)
              .addAllCharacterIds(characters)
              .setServiceAccountId(holder)
              .setRequestId(Ids.next());
      if (days > 0) {
        long end = Instant.now().plus(Duration.ofDays(days)).getEpochSecond();
        request.setExpireTime(Timestamp.newBuilder().setSeconds(end));
      }
      return request;
    }
  }

  @Command(
      description = "Makes a key and prints its secret, this once, alone on standard output.",
      mixinStandardHelpOptions = true)
  int create(
      @Mixin Server server,
      @Mixin Wish wish,
      @Parameters(paramLabel = "NAME", description = "To recognise it by.") String name) {
    CreateApiKeyResponse made =
        server.use(
            channel -> stub(channel).createApiKey(wish.request().setDisplayName(name).build()));
    PrintWriter err = spec.commandLine().getErr();
    err.println(line(made.getKey()));
    err.flush();
    return told(made.getSecret());
  }

  @Command(
      description = "Keys of the organisation, the newest first.",
      mixinStandardHelpOptions = true)
  int list(@Mixin Server server) {
    return server.use(channel -> {
      ListApiKeysRequest.Builder request = ListApiKeysRequest.newBuilder().setPageSize(200);
      ListApiKeysResponse page;
      do {
        page = stub(channel).listApiKeys(request.build());
        page.getKeysList().forEach(key -> told(line(key)));
        request.setPageToken(page.getNextPageToken());
      } while (!page.getNextPageToken().isEmpty());
      return Exit.DONE;
    });
  }

  @Command(description = "Ends keys.", mixinStandardHelpOptions = true)
  int revoke(
      @Mixin Server server,
      @Parameters(arity = "1..*", paramLabel = "ID", description = "Their ids.") List<String> ids) {
    return server.use(channel -> {
      for (String id : ids) {
        stub(channel).revokeApiKey(RevokeApiKeyRequest.newBuilder().setKeyId(id).build());
        told(id + ": revoked");
      }
      return Exit.DONE;
    });
  }

  private static String line(ApiKey key) {
    return "%s  %-14s %-7s used %-16s ends %-16s %s"
        .formatted(
            key.getId(),
            key.getPrefix() + "...",
            key.getKind() == ApiKeyKind.API_KEY_KIND_WIDGET ? "widget" : "secret",
            Named.of(key.hasUseTime(), key.getUseTime()),
            Named.of(key.hasExpireTime(), key.getExpireTime()),
            key.getDisplayName());
  }

  private int told(String line) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(line);
    out.flush();
    return Exit.DONE;
  }

  private static KeyServiceBlockingStub stub(Channel channel) {
    return KeyServiceGrpc.newBlockingStub(channel).withDeadlineAfter(10, TimeUnit.SECONDS);
  }
}
