package dev.parley.orchestrator.grpc;

import dev.parley.identity.v1.CreateApiKeyRequest;
import dev.parley.identity.v1.CreateApiKeyResponse;
import dev.parley.identity.v1.CreateServiceAccountRequest;
import dev.parley.identity.v1.CreateServiceAccountResponse;
import dev.parley.identity.v1.DeleteServiceAccountRequest;
import dev.parley.identity.v1.DeleteServiceAccountResponse;
import dev.parley.identity.v1.KeyServiceGrpc.KeyServiceImplBase;
import dev.parley.identity.v1.ListApiKeysRequest;
import dev.parley.identity.v1.ListApiKeysResponse;
import dev.parley.identity.v1.ListServiceAccountsRequest;
import dev.parley.identity.v1.ListServiceAccountsResponse;
import dev.parley.identity.v1.RevokeApiKeyRequest;
import dev.parley.identity.v1.RevokeApiKeyResponse;
import dev.parley.kit.identity.Caller;
import dev.parley.orchestrator.identity.key.ApiKey;
import dev.parley.orchestrator.identity.key.KeySecret;
import dev.parley.orchestrator.identity.key.Keys;
import dev.parley.orchestrator.identity.key.Maker;
import io.grpc.stub.StreamObserver;
import java.util.List;

/** Keys and service accounts over gRPC, of the caller's organisation. */
public final class KeyGrpc extends KeyServiceImplBase {
  private static final int PAGE = 50;

  private final Keys keys;

  /** Makes these. */
  public KeyGrpc(Keys keys) {
    this.keys = keys;
  }

  @Override
  public void createApiKey(CreateApiKeyRequest q, StreamObserver<CreateApiKeyResponse> to) {
    Maker maker = KeyMessages.maker(Caller.current());
    var holder =
        q.getServiceAccountId().isEmpty()
            ? maker.role()
            : keys.account(maker, q.getServiceAccountId()).role();
    Keys.Made made = keys.create(maker, KeyMessages.allowed(maker, holder), KeyMessages.wanted(q));
    answer(
        to,
        CreateApiKeyResponse.newBuilder()
            .setKey(KeyMessages.message(made.key()))
            .setSecret(made.secret().map(KeySecret::text).orElse(""))
            .build());
  }

  @Override
  public void listApiKeys(ListApiKeysRequest q, StreamObserver<ListApiKeysResponse> to) {
    int size = q.getPageSize() == 0 ? PAGE : q.getPageSize();
    List<ApiKey> found = keys.list(organisation(), q.getPageToken(), size + 1);
    List<ApiKey> page = found.subList(0, Math.min(size, found.size()));
    answer(
        to,
        ListApiKeysResponse.newBuilder()
            .addAllKeys(page.stream().map(KeyMessages::message).toList())
            .setNextPageToken(found.size() > size ? page.getLast().id() : "")
            .build());
  }

  @Override
  public void revokeApiKey(RevokeApiKeyRequest q, StreamObserver<RevokeApiKeyResponse> to) {
    keys.revoke(organisation(), q.getKeyId());
    answer(to, RevokeApiKeyResponse.getDefaultInstance());
  }

  @Override
  public void createServiceAccount(
      CreateServiceAccountRequest q, StreamObserver<CreateServiceAccountResponse> to) {
    Maker maker = KeyMessages.maker(Caller.current());
    var wanted = keys.account(maker, q.getDisplayName(), KeyMessages.role(q.getRole()));
    var made = keys.createAccount(maker, wanted, q.getRequestId());
    answer(
        to,
        CreateServiceAccountResponse.newBuilder()
            .setServiceAccount(KeyMessages.message(made))
            .build());
  }

  @Override
  public void listServiceAccounts(
      ListServiceAccountsRequest q, StreamObserver<ListServiceAccountsResponse> to) {
    var all = keys.accounts(organisation()).stream().map(KeyMessages::message).toList();
    answer(to, ListServiceAccountsResponse.newBuilder().addAllServiceAccounts(all).build());
  }

  @Override
  public void deleteServiceAccount(
      DeleteServiceAccountRequest q, StreamObserver<DeleteServiceAccountResponse> to) {
    keys.deleteAccount(organisation(), q.getServiceAccountId());
    answer(to, DeleteServiceAccountResponse.getDefaultInstance());
  }

  private static String organisation() {
    return Caller.current().owner().organisationId();
  }

  private static <T> void answer(StreamObserver<T> to, T message) {
    to.onNext(message);
    to.onCompleted();
  }
}
