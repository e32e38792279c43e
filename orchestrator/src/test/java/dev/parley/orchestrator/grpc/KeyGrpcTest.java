package dev.parley.orchestrator.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.identity.v1.ApiKey;
import dev.parley.identity.v1.ApiKeyKind;
import dev.parley.identity.v1.CreateApiKeyRequest;
import dev.parley.identity.v1.CreateServiceAccountRequest;
import dev.parley.identity.v1.DeleteServiceAccountRequest;
import dev.parley.identity.v1.KeyServiceGrpc;
import dev.parley.identity.v1.KeyServiceGrpc.KeyServiceBlockingStub;
import dev.parley.identity.v1.ListApiKeysRequest;
import dev.parley.identity.v1.ListServiceAccountsRequest;
import dev.parley.identity.v1.RevokeApiKeyRequest;
import dev.parley.kit.access.Gate;
import dev.parley.kit.access.Keys;
import dev.parley.kit.access.Tokens;
import dev.parley.kit.audit.AuditTrail.Happening;
import dev.parley.kit.failure.Failure;
import dev.parley.kit.failure.Failures;
import dev.parley.kit.health.Part;
import dev.parley.kit.host.Books;
import dev.parley.kit.host.Hosted;
import dev.parley.kit.host.Service;
import dev.parley.kit.identity.Caller;
import dev.parley.kit.identity.Credential;
import dev.parley.kit.identity.Identity;
import dev.parley.kit.identity.Owner;
import dev.parley.kit.identity.Permissions;
import dev.parley.kit.ids.Ids;
import dev.parley.kit.metering.Metering;
import dev.parley.orchestrator.identity.key.InMemoryKeyStore;
import dev.parley.orchestrator.identity.key.Keyring;
import dev.parley.orchestrator.identity.key.Refusals;
import dev.parley.type.v1.CostClass;
import dev.parley.type.v1.Permission;
import dev.parley.type.v1.Role;
import io.grpc.BindableService;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Keys over their contract, with the interceptors of every service and somebody keeping the books.
 */
class KeyGrpcTest {
  /** Tokens are written {@code person/organisation/role}. */
  private static final Tokens TOKENS =
      token -> {
        String[] part = token.split("/");
        Role role = Role.valueOf("ROLE_" + part[2]);
        return new Identity(
            new Owner(part[1], part[0]),
            role,
            Permissions.of(role),
            Set.of(),
            new Credential(Credential.Kind.SIGN_IN, "s1", Instant.MIN, Instant.MAX));
      };

  private final List<Happening> told = Collections.synchronizedList(new ArrayList<>());
  private final List<CostClass> costs = Collections.synchronizedList(new ArrayList<>());
  private volatile Optional<Failure> refusing = Optional.empty();
  private Hosted hosted;
  private ManagedChannel channel;

  private record OneService(BindableService grpc) implements Service {
    @Override
    public String name() {
      return "keys";
    }

    @Override
    public List<BindableService> grpcServices() {
      return List.of(grpc);
    }

    @Override
    public List<Part> parts() {
      return List.of();
    }

    @Override
    public void close() {}
  }

  @BeforeEach
  void start() {
    var store = new InMemoryKeyStore();
    var clock = InstantSource.system();
    var ring =
        new Keyring(
            store,
            _ -> Optional.of(dev.parley.orchestrator.identity.Role.OWNER),
            clock,
            System::nanoTime,
            new Refusals(_ -> {}, clock));
    var keys = new dev.parley.orchestrator.identity.key.Keys(store, ring, Ids::next, clock);
    String name = "keys-" + Ids.next();
    hosted =
        Hosted.inProcess(
            new OneService(new KeyGrpc(keys)),
            name,
            Gate.identified(TOKENS, Keys.NONE),
            new Books(metering(), told::add));
    channel = Hosted.channel(name);
  }

  private Metering metering() {
    return new Metering() {
      @Override
      public void admit(Caller caller, String address, CostClass cost) {
        costs.add(cost);
        refusing.ifPresent(it -> {
          throw it;
        });
      }

      @Override
      public void spoke(Caller caller, Duration speech) {}
    };
  }

  @AfterEach
  void stop() {
    channel.shutdownNow();
    hosted.close();
  }

  @Test
  void aKeyIsMadeShownOnceListedAndRevoked() {
    var admin = as("ann/acme/ADMIN");
    var made = admin.createApiKey(key("Mine").build());
    assertThat(made.getSecret()).startsWith("pk_").hasSize(52);
    ApiKey listed = admin.listApiKeys(ListApiKeysRequest.getDefaultInstance()).getKeys(0);
    assertThat(listed).isEqualTo(made.getKey());
    assertThat(listed.getPrefix()).isEqualTo(made.getSecret().substring(0, 11));
    assertThat(listed.hasUseTime()).isFalse();

    var other = as("olga/other/OWNER");
    assertThat(other.listApiKeys(ListApiKeysRequest.getDefaultInstance()).getKeysCount()).isZero();
    var revoke = RevokeApiKeyRequest.newBuilder().setKeyId(listed.getId()).build();
    fails(() -> other.revokeApiKey(revoke), "KEY_NOT_FOUND");
    admin.revokeApiKey(revoke);
    assertThat(admin.listApiKeys(ListApiKeysRequest.getDefaultInstance()).getKeysCount()).isZero();
  }

  @Test
  void everyPageSizeListsAllOnce() {
    var admin = as("ann/acme/ADMIN");
    for (int i = 0; i < 5; i++) {
      admin.createApiKey(key("Key " + i).build());
    }
    for (int size = 1; size <= 6; size++) {
      List<String> names = new ArrayList<>();
      String token = "";
      do {
        var page =
            admin.listApiKeys(
                ListApiKeysRequest.newBuilder().setPageSize(size).setPageToken(token).build());
        page.getKeysList().forEach(it -> names.add(it.getDisplayName()));
        token = page.getNextPageToken();
      } while (!token.isEmpty());
      assertThat(names).hasSize(5).doesNotHaveDuplicates();
    }
  }

  @Test
  void whatAKeyMayIsAtMostWhatItsMakerMay() {
    var admin = as("ann/acme/ADMIN");
    fails(
        () ->
            admin.createApiKey(
                key("X").addPermissions(Permission.PERMISSION_ORGANISATION_WRITE).build()),
        "PERMISSION_DENIED");
    fails(
        () -> admin.createApiKey(key("X").addPermissions(Permission.PERMISSION_MESH).build()),
        "INVALID_ARGUMENT");
    var page = key("Shop").setKind(ApiKeyKind.API_KEY_KIND_WIDGET);
    fails(() -> admin.createApiKey(page.build()), "INVALID_ARGUMENT");
    var made = admin.createApiKey(page.addOrigins("https://shop.example").build());
    assertThat(made.getSecret()).startsWith("pw_");
    assertThat(made.getKey().getPermissionsList())
        .containsExactly(
            Permission.PERMISSION_CHARACTERS_READ,
            Permission.PERMISSION_CONVERSATIONS_READ,
            Permission.PERMISSION_CONVERSATIONS_WRITE);
  }

  @Test
  void accountsOfProgramsHaveKeysAndEndWithThem() {
    var admin = as("ann/acme/ADMIN");
    var account =
        admin
            .createServiceAccount(
                CreateServiceAccountRequest.newBuilder()
                    .setDisplayName("Robot")
                    .setRole(Role.ROLE_EDITOR)
                    .build())
            .getServiceAccount();
    var made = admin.createApiKey(key("Its").setServiceAccountId(account.getId()).build());
    assertThat(made.getKey().getServiceAccountId()).isEqualTo(account.getId());
    fails(
        () ->
            admin.createApiKey(
                key("Too much")
                    .setServiceAccountId(account.getId())
                    .addPermissions(Permission.PERMISSION_KEYS_WRITE)
                    .build()),
        "PERMISSION_DENIED");
    admin.deleteServiceAccount(
        DeleteServiceAccountRequest.newBuilder().setServiceAccountId(account.getId()).build());
    assertThat(
            admin
                .listServiceAccounts(ListServiceAccountsRequest.getDefaultInstance())
                .getServiceAccountsCount())
        .isZero();
    assertThat(admin.listApiKeys(ListApiKeysRequest.getDefaultInstance()).getKeysCount()).isZero();
  }

  @Test
  void whatWasDoneAndWhatWasRefusedIsToldAndReadingIsNot() {
    var admin = as("ann/acme/ADMIN");
    var made = admin.createApiKey(key("Mine").build()).getKey();
    admin.listApiKeys(ListApiKeysRequest.getDefaultInstance());
    var revoke = RevokeApiKeyRequest.newBuilder().setKeyId(made.getId()).build();
    admin.revokeApiKey(revoke);
    fails(() -> admin.revokeApiKey(revoke), "KEY_NOT_FOUND");
    fails(() -> as("vera/acme/VIEWER").listApiKeys(list()), "PERMISSION_DENIED");
    fails(() -> nobody().listApiKeys(list()), "UNAUTHENTICATED");

    String service = "parley.identity.v1.KeyService/";
    assertThat(told)
        .extracting(it ->
            String.join(
                " ",
                it.organisationId(),
                it.personId(),
                it.action().substring(service.length()),
                it.targetKind() + "/" + it.targetId(),
                it.outcome()))
        .containsExactly(
            "acme ann CreateApiKey api_key/" + made.getId() + " done",
            "acme ann RevokeApiKey key/" + made.getId() + " done",
            "acme ann RevokeApiKey key/" + made.getId() + " KEY_NOT_FOUND",
            "acme vera ListApiKeys / PERMISSION_DENIED",
            "  ListApiKeys / UNAUTHENTICATED");
    assertThat(told).allMatch(it -> it.action().startsWith(service));
    assertThat(told.toString()).doesNotContain("pk_");
  }

  @Test
  void whatThePlanDoesNotAllowIsRefusedWithEveryDetail() throws Exception {
    var admin = as("ann/acme/ADMIN");
    admin.listApiKeys(list());
    assertThat(costs).containsExactly(CostClass.COST_CLASS_READ);
    refusing =
        Optional.of(
            Failure.of(Failure.Code.RESOURCE_EXHAUSTED, "QUOTA_EXCEEDED", "calls: all 5")
                .with("subject", "organisations/acme")
                .retryAfter(Duration.ofMinutes(1)));
    assertThatThrownBy(() -> admin.listApiKeys(list()))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            it -> {
              var status = io.grpc.protobuf.StatusProto.fromThrowable(it);
              assertThat(status.getCode()).isEqualTo(8);
              assertThat(status.getDetailsList().toString())
                  .contains("QuotaFailure", "RetryInfo", "ErrorInfo");
              assertThat(Failures.fromStatus(it).retryAfter()).contains(Duration.ofMinutes(1));
            });
  }

  private static ListApiKeysRequest list() {
    return ListApiKeysRequest.getDefaultInstance();
  }

  private static CreateApiKeyRequest.Builder key(String name) {
    return CreateApiKeyRequest.newBuilder().setDisplayName(name);
  }

  private KeyServiceBlockingStub as(String token) {
    Metadata headers = new Metadata();
    headers.put(
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
    return nobody().withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  private KeyServiceBlockingStub nobody() {
    Metadata headers = new Metadata();
    headers.put(Caller.DOOR, Caller.OUTSIDE);
    return KeyServiceGrpc.newBlockingStub(channel)
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  private static void fails(ThrowingCallable call, String reason) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            it -> assertThat(Failures.fromStatus(it).reason()).isEqualTo(reason));
  }
}
