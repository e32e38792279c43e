package dev.parley.cli.account;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import dev.parley.cli.Main;
import dev.parley.cli.server.Exit;
import dev.parley.identity.v1.ApiKey;
import dev.parley.identity.v1.CreateApiKeyRequest;
import dev.parley.identity.v1.CreateApiKeyResponse;
import dev.parley.identity.v1.CreateInvitationRequest;
import dev.parley.identity.v1.CreateInvitationResponse;
import dev.parley.identity.v1.GetMeRequest;
import dev.parley.identity.v1.GetMeResponse;
import dev.parley.identity.v1.IdentityServiceGrpc;
import dev.parley.identity.v1.KeyServiceGrpc;
import dev.parley.identity.v1.Organisation;
import dev.parley.identity.v1.OrganisationServiceGrpc;
import dev.parley.identity.v1.Person;
import dev.parley.identity.v1.RefreshTokensRequest;
import dev.parley.identity.v1.RefreshTokensResponse;
import dev.parley.identity.v1.SignInRequest;
import dev.parley.identity.v1.SignInResponse;
import dev.parley.identity.v1.SignOutRequest;
import dev.parley.identity.v1.SignOutResponse;
import dev.parley.identity.v1.Tokens;
import dev.parley.identity.v1.VerifyAuditRequest;
import dev.parley.identity.v1.VerifyAuditResponse;
import dev.parley.type.v1.Permission;
import dev.parley.type.v1.Role;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signing in and what it is for, against a server that speaks the contract. */
class AccountsTest {
  private static final Context.Key<String> SENT = Context.key("authorization");
  private static final Organisation HARBOUR =
      Organisation.newBuilder().setId("o").setDisplayName("Harbour office").build();
  private static final Person MAYA =
      Person.newBuilder()
          .setId("p")
          .setEmail("maya@harbour.example")
          .setDisplayName("Maya Ortega")
          .build();

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final List<String> refreshed = new ArrayList<>();
  private final List<SignOutRequest> signedOut = new ArrayList<>();
  private CreateApiKeyRequest wished = CreateApiKeyRequest.getDefaultInstance();
  private boolean intact = true;
  private long lifetimeSeconds = 900;
  private int tokens;
  private Server server;
  @TempDir private Path folder;

  @BeforeEach
  void start() throws IOException {
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0))
            .addService(new People())
            .addService(new KeyCupboard())
            .addService(new Office())
            .intercept(new Sender())
            .build()
            .start();
  }

  @AfterEach
  void stop() {
    server.shutdownNow();
  }

  private int run(String typed, String... command) {
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(List.of("--server", "127.0.0.1:" + server.getPort()));
    all.addAll(List.of("--config", folder.toString()));
    return Main.run(
        new ByteArrayInputStream(typed.getBytes(UTF_8)),
        new PrintWriter(out, true),
        new PrintWriter(err, true),
        all.toArray(String[]::new));
  }

  private int login() {
    return run("maya@harbour.example\nseven tall herons\n", "login");
  }

  @Test
  void signingInIsKeptAndSaidWithLaterCalls() {
    assertThat(login()).as("%s", err).isZero();
    assertThat(run("", "whoami", "--permissions")).as("%s", err).isZero();
    assertThat(out.toString())
        .contains("Maya Ortega <maya@harbour.example>, owner of Harbour office at 127.0.0.1:")
        .contains("conversations_write")
        .doesNotContain("herons");
  }

  @Test
  void aWrongPasswordIsSaidAndNothingIsKept() {
    assertThat(run("maya@harbour.example\nwrong\n", "login")).isEqualTo(Exit.FAILED);
    assertThat(err.toString()).contains("do not fit");
    assertThat(run("", "whoami")).isEqualTo(Exit.FAILED);
    assertThat(err.toString()).contains("sign in: ./parley login, or set PARLEY_API_KEY");
  }

  @Test
  void aTokenThatEndsIsRefreshedOnceForEachTimeItEnds() {
    lifetimeSeconds = 5;
    login();
    lifetimeSeconds = 900;
    run("", "whoami");
    run("", "whoami");
    assertThat(refreshed).containsExactly("refresh-1");
  }

  @Test
  void signingOutEndsItHereAndAtTheServer() {
    login();
    assertThat(run("", "logout", "--everywhere")).isZero();
    assertThat(signedOut)
        .containsExactly(
            SignOutRequest.newBuilder().setRefreshToken("refresh-1").setEverywhere(true).build());
    assertThat(run("", "logout")).isZero();
    assertThat(out.toString()).contains("signed out at").contains("nobody was signed in");
  }

  @Test
  void aPasswordDoesNotGoUnencryptedToAnotherMachine() {
    int code =
        Main.run(
            new ByteArrayInputStream("a\nb\n".getBytes(UTF_8)),
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            "login",
            "--server",
            "http://parley.example:80");
    assertThat(code).isEqualTo(Exit.MISUSED);
    assertThat(err.toString()).contains("unencrypted");
  }

  @Test
  void theSecretOfAKeyIsAloneOnStandardOutput() {
    login();
    out.getBuffer().setLength(0);
    int code =
        run(
            "",
            "keys",
            "create",
            "Shop",
            "--origin",
            "https://shop.example",
            "--may",
            "conversations_write,characters_read",
            "--days",
            "0");
    assertThat(code).as("%s", err).isZero();
    assertThat(out.toString()).isEqualTo("pk_secret" + System.lineSeparator());
    assertThat(wished.getOriginsList()).containsExactly("https://shop.example");
    assertThat(wished.getPermissionsList())
        .containsExactly(
            Permission.PERMISSION_CONVERSATIONS_WRITE, Permission.PERMISSION_CHARACTERS_READ);
    assertThat(wished.hasExpireTime()).isFalse();
  }

  @Test
  void aPermissionThatIsNoneIsRefusedWithThoseThatAre() {
    assertThat(run("", "keys", "create", "x", "--may", "everything")).isEqualTo(Exit.MISUSED);
    assertThat(err.toString()).contains("everything (expected one of conversations_read,");
  }

  @Test
  void anInvitationPrintsItsLink() {
    login();
    assertThat(run("", "members", "invite", "noah@x.example", "--role", "editor")).isZero();
    assertThat(out.toString()).contains("http://x/#invitation=t");
  }

  @Test
  void aLogThatIsBrokenFails() {
    login();
    assertThat(run("", "audit", "verify")).isZero();
    intact = false;
    assertThat(run("", "audit", "verify")).isEqualTo(Exit.FAILED);
    assertThat(out.toString())
        .contains("intact: 7 entries, head abc")
        .contains("broken at entry 3 of 7");
  }

  private Tokens next() {
    tokens++;
    return Tokens.newBuilder()
        .setAccessToken("access-" + tokens)
        .setAccessExpireTime(
            Timestamp.newBuilder().setSeconds(Instant.now().getEpochSecond() + lifetimeSeconds))
        .setRefreshToken("refresh-" + tokens)
        .setPerson(MAYA)
        .setOrganisation(HARBOUR)
        .setRole(Role.ROLE_OWNER)
        .build();
  }

  private static <T> void answer(StreamObserver<T> to, T message) {
    to.onNext(message);
    to.onCompleted();
  }

  private boolean refused(StreamObserver<?> to) {
    if (SENT.get().equals("Bearer access-" + tokens)) {
      return false;
    }
    to.onError(Status.UNAUTHENTICATED.withDescription("nobody is signed in").asException());
    return true;
  }

  private static final class Sender implements ServerInterceptor {
    @Override
    public <Q, S> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, S> call, Metadata headers, ServerCallHandler<Q, S> next) {
      var key = Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
      String sent = Optional.ofNullable(headers.get(key)).orElse("");
      return Contexts.interceptCall(Context.current().withValue(SENT, sent), call, headers, next);
    }
  }

  private final class People extends IdentityServiceGrpc.IdentityServiceImplBase {
    @Override
    public void signIn(SignInRequest q, StreamObserver<SignInResponse> to) {
      if (!q.getPassword().equals("seven tall herons")) {
        to.onError(
            Status.PERMISSION_DENIED
                .withDescription("the address and the password do not fit")
                .asException());
        return;
      }
      answer(to, SignInResponse.newBuilder().setTokens(next()).build());
    }

    @Override
    public void refreshTokens(RefreshTokensRequest q, StreamObserver<RefreshTokensResponse> to) {
      refreshed.add(q.getRefreshToken());
      answer(to, RefreshTokensResponse.newBuilder().setTokens(next()).build());
    }

    @Override
    public void signOut(SignOutRequest q, StreamObserver<SignOutResponse> to) {
      signedOut.add(q);
      answer(to, SignOutResponse.getDefaultInstance());
    }

    @Override
    public void getMe(GetMeRequest q, StreamObserver<GetMeResponse> to) {
      if (!refused(to)) {
        answer(
            to,
            GetMeResponse.newBuilder()
                .setPerson(MAYA)
                .setOrganisation(HARBOUR)
                .setRole(Role.ROLE_OWNER)
                .addPermissions(Permission.PERMISSION_CONVERSATIONS_WRITE)
                .build());
      }
    }
  }

  private final class KeyCupboard extends KeyServiceGrpc.KeyServiceImplBase {
    @Override
    public void createApiKey(CreateApiKeyRequest q, StreamObserver<CreateApiKeyResponse> to) {
      wished = q;
      if (!refused(to)) {
        ApiKey key = ApiKey.newBuilder().setId("k").setDisplayName(q.getDisplayName()).build();
        answer(to, CreateApiKeyResponse.newBuilder().setKey(key).setSecret("pk_secret").build());
      }
    }
  }

  private final class Office extends OrganisationServiceGrpc.OrganisationServiceImplBase {
    @Override
    public void createInvitation(
        CreateInvitationRequest q, StreamObserver<CreateInvitationResponse> to) {
      if (!refused(to)) {
        answer(to, CreateInvitationResponse.newBuilder().setLink("http://x/#invitation=t").build());
      }
    }

    @Override
    public void verifyAudit(VerifyAuditRequest q, StreamObserver<VerifyAuditResponse> to) {
      if (!refused(to)) {
        answer(
            to,
            VerifyAuditResponse.newBuilder()
                .setIntact(intact)
                .setEntries(7)
                .setFirstBroken(intact ? 0 : 3)
                .setHead("abc")
                .build());
      }
    }
  }
}
