package dev.parley.orchestrator.grpc;

import dev.parley.identity.v1.ChangePasswordRequest;
import dev.parley.identity.v1.ChangePasswordResponse;
import dev.parley.identity.v1.CreateTicketRequest;
import dev.parley.identity.v1.CreateTicketResponse;
import dev.parley.identity.v1.FinishOpenIdRequest;
import dev.parley.identity.v1.FinishOpenIdResponse;
import dev.parley.identity.v1.GetJwksRequest;
import dev.parley.identity.v1.GetJwksResponse;
import dev.parley.identity.v1.GetMeRequest;
import dev.parley.identity.v1.GetMeResponse;
import dev.parley.identity.v1.IdentityServiceGrpc;
import dev.parley.identity.v1.IdentityServiceGrpc.IdentityServiceImplBase;
import dev.parley.identity.v1.ListProvidersRequest;
import dev.parley.identity.v1.ListProvidersResponse;
import dev.parley.identity.v1.ListSignInsRequest;
import dev.parley.identity.v1.ListSignInsResponse;
import dev.parley.identity.v1.Provider;
import dev.parley.identity.v1.RefreshTokensRequest;
import dev.parley.identity.v1.RefreshTokensResponse;
import dev.parley.identity.v1.RequestPasswordResetRequest;
import dev.parley.identity.v1.RequestPasswordResetResponse;
import dev.parley.identity.v1.RequestVerificationRequest;
import dev.parley.identity.v1.RequestVerificationResponse;
import dev.parley.identity.v1.ResetPasswordRequest;
import dev.parley.identity.v1.ResetPasswordResponse;
import dev.parley.identity.v1.SignInRequest;
import dev.parley.identity.v1.SignInResponse;
import dev.parley.identity.v1.SignOutRequest;
import dev.parley.identity.v1.SignOutResponse;
import dev.parley.identity.v1.SignUpRequest;
import dev.parley.identity.v1.SignUpResponse;
import dev.parley.identity.v1.StartOpenIdRequest;
import dev.parley.identity.v1.StartOpenIdResponse;
import dev.parley.identity.v1.UpdateMeRequest;
import dev.parley.identity.v1.UpdateMeResponse;
import dev.parley.identity.v1.VerifyEmailRequest;
import dev.parley.identity.v1.VerifyEmailResponse;
import dev.parley.orchestrator.identity.Accounts;
import dev.parley.orchestrator.identity.Actor;
import dev.parley.orchestrator.identity.IdentityRules.SignUpRule;
import dev.parley.orchestrator.identity.OpenIdProvider;
import dev.parley.orchestrator.identity.People;
import dev.parley.orchestrator.identity.SigningKeyStore.SigningKey;
import io.grpc.BindableService;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.function.Supplier;

/** Who one is, over gRPC. */
public final class IdentityGrpc extends IdentityServiceImplBase {
  /** Gives tickets out. */
  public interface TicketCalls {
    /** Where there are none. */
    TicketCalls NONE =
        (_, to) ->
            ServerCalls.asyncUnimplementedUnaryCall(
                IdentityServiceGrpc.getCreateTicketMethod(), to);

    /** As of the contract. */
    void createTicket(CreateTicketRequest request, StreamObserver<CreateTicketResponse> to);
  }

  private final People people;
  private final IdentityMessages messages;
  private final Supplier<List<SigningKey>> keys;
  private final TicketCalls tickets;

  private IdentityGrpc(
      People people,
      IdentityMessages messages,
      Supplier<List<SigningKey>> keys,
      TicketCalls tickets) {
    this.people = people;
    this.messages = messages;
    this.keys = keys;
    this.tickets = tickets;
  }

  /**
   * The service.
   *
   * @param keys that tokens are signed with
   */
  public static BindableService service(
      People people,
      IdentityMessages messages,
      Supplier<List<SigningKey>> keys,
      TicketCalls tickets) {
    return Visiting.to(new IdentityGrpc(people, messages, keys, tickets));
  }

  @Override
  public void signUp(SignUpRequest q, StreamObserver<SignUpResponse> to) {
    var wanted =
        new Accounts.SignUp(
            q.getEmail(),
            q.getPassword(),
            q.getDisplayName(),
            q.getOrganisationName(),
            q.getInvitationToken());
    var tokens = people.accounts().signUp(wanted, Visiting.current());
    answer(to, SignUpResponse.newBuilder().setTokens(messages.message(tokens)).build());
  }

  @Override
  public void signIn(SignInRequest q, StreamObserver<SignInResponse> to) {
    var tokens =
        people
            .accounts()
            .signIn(q.getEmail(), q.getPassword(), q.getOrganisationId(), Visiting.current());
    answer(to, SignInResponse.newBuilder().setTokens(messages.message(tokens)).build());
  }

  @Override
  public void refreshTokens(RefreshTokensRequest q, StreamObserver<RefreshTokensResponse> to) {
    var tokens = people.signIns().refresh(q.getRefreshToken());
    answer(to, RefreshTokensResponse.newBuilder().setTokens(messages.message(tokens)).build());
  }

  @Override
  public void signOut(SignOutRequest q, StreamObserver<SignOutResponse> to) {
    people.signIns().end(q.getRefreshToken(), q.getEverywhere());
    answer(to, SignOutResponse.getDefaultInstance());
  }

  @Override
  public void listProviders(ListProvidersRequest q, StreamObserver<ListProvidersResponse> to) {
    answer(
        to,
        ListProvidersResponse.newBuilder()
            .addAllProviders(
                people.openId().providers().stream().map(IdentityGrpc::provider).toList())
            .setPasswords(people.rules().passwords())
            .setSignUp(people.rules().signUp() == SignUpRule.OPEN)
            .build());
  }

  private static Provider provider(OpenIdProvider it) {
    return Provider.newBuilder().setId(it.id()).setDisplayName(it.displayName()).build();
  }

  @Override
  public void startOpenId(StartOpenIdRequest q, StreamObserver<StartOpenIdResponse> to) {
    var started = people.openId().start(q.getProviderId(), q.getRedirectUri(), Visiting.current());
    answer(
        to,
        StartOpenIdResponse.newBuilder()
            .setAuthorisationUri(started.authorisationUri())
            .setState(started.state())
            .build());
  }

  @Override
  public void finishOpenId(FinishOpenIdRequest q, StreamObserver<FinishOpenIdResponse> to) {
    var tokens = people.openId().finish(q.getState(), q.getCode(), Visiting.current());
    answer(to, FinishOpenIdResponse.newBuilder().setTokens(messages.message(tokens)).build());
  }

  @Override
  public void requestPasswordReset(
      RequestPasswordResetRequest q, StreamObserver<RequestPasswordResetResponse> to) {
    people.accounts().requestReset(q.getEmail(), Visiting.current());
    answer(to, RequestPasswordResetResponse.getDefaultInstance());
  }

  @Override
  public void resetPassword(ResetPasswordRequest q, StreamObserver<ResetPasswordResponse> to) {
    people.links().reset(q.getToken(), q.getPassword(), Visiting.current());
    answer(to, ResetPasswordResponse.getDefaultInstance());
  }

  @Override
  public void verifyEmail(VerifyEmailRequest q, StreamObserver<VerifyEmailResponse> to) {
    people.links().verify(q.getToken(), Visiting.current());
    answer(to, VerifyEmailResponse.getDefaultInstance());
  }

  @Override
  public void getJwks(GetJwksRequest q, StreamObserver<GetJwksResponse> to) {
    var shown = keys.get().stream().map(IdentityMessages::message).toList();
    answer(to, GetJwksResponse.newBuilder().addAllKeys(shown).build());
  }

  @Override
  public void getMe(GetMeRequest q, StreamObserver<GetMeResponse> to) {
    Actor actor = Actors.current();
    var me =
        GetMeResponse.newBuilder()
            .setOrganisation(messages.message(people.organisations().get(actor)))
            .setRole(IdentityMessages.message(actor.role()))
            .addAllPermissions(Actors.permissions());
    people.accounts().person(actor).map(IdentityMessages::message).ifPresent(me::setPerson);
    answer(to, me.build());
  }

  @Override
  public void updateMe(UpdateMeRequest q, StreamObserver<UpdateMeResponse> to) {
    var changed = people.accounts().update(Actors.current(), q.getDisplayName(), q.getLanguage());
    answer(to, UpdateMeResponse.newBuilder().setPerson(IdentityMessages.message(changed)).build());
  }

  @Override
  public void changePassword(ChangePasswordRequest q, StreamObserver<ChangePasswordResponse> to) {
    var tokens =
        people
            .accounts()
            .changePassword(
                Actors.current(), q.getOldPassword(), q.getNewPassword(), Visiting.current());
    answer(to, ChangePasswordResponse.newBuilder().setTokens(messages.message(tokens)).build());
  }

  @Override
  public void requestVerification(
      RequestVerificationRequest q, StreamObserver<RequestVerificationResponse> to) {
    people.accounts().requestVerification(Actors.current());
    answer(to, RequestVerificationResponse.getDefaultInstance());
  }

  @Override
  public void listSignIns(ListSignInsRequest q, StreamObserver<ListSignInsResponse> to) {
    Actor actor = Actors.current();
    var all =
        people.signIns().of(actor.personId()).stream()
            .map(it -> IdentityMessages.message(it, actor.signInId()))
            .toList();
    answer(to, ListSignInsResponse.newBuilder().addAllSignIns(all).build());
  }

  @Override
  public void createTicket(CreateTicketRequest q, StreamObserver<CreateTicketResponse> to) {
    tickets.createTicket(q, to);
  }

  private static <T> void answer(StreamObserver<T> to, T response) {
    to.onNext(response);
    to.onCompleted();
  }
}
