package dev.parley.orchestrator.grpc;

import dev.parley.identity.v1.AcceptInvitationRequest;
import dev.parley.identity.v1.AcceptInvitationResponse;
import dev.parley.identity.v1.CreateInvitationRequest;
import dev.parley.identity.v1.CreateInvitationResponse;
import dev.parley.identity.v1.CreateOrganisationRequest;
import dev.parley.identity.v1.CreateOrganisationResponse;
import dev.parley.identity.v1.DeleteOrganisationRequest;
import dev.parley.identity.v1.DeleteOrganisationResponse;
import dev.parley.identity.v1.GetOrganisationRequest;
import dev.parley.identity.v1.GetOrganisationResponse;
import dev.parley.identity.v1.GetUsageRequest;
import dev.parley.identity.v1.GetUsageResponse;
import dev.parley.identity.v1.ListAuditEntriesRequest;
import dev.parley.identity.v1.ListAuditEntriesResponse;
import dev.parley.identity.v1.ListInvitationsRequest;
import dev.parley.identity.v1.ListInvitationsResponse;
import dev.parley.identity.v1.ListMembersRequest;
import dev.parley.identity.v1.ListMembersResponse;
import dev.parley.identity.v1.ListOrganisationsRequest;
import dev.parley.identity.v1.ListOrganisationsResponse;
import dev.parley.identity.v1.OrganisationServiceGrpc.OrganisationServiceImplBase;
import dev.parley.identity.v1.RemoveMemberRequest;
import dev.parley.identity.v1.RemoveMemberResponse;
import dev.parley.identity.v1.RevokeInvitationRequest;
import dev.parley.identity.v1.RevokeInvitationResponse;
import dev.parley.identity.v1.SwitchOrganisationRequest;
import dev.parley.identity.v1.SwitchOrganisationResponse;
import dev.parley.identity.v1.UpdateMemberRequest;
import dev.parley.identity.v1.UpdateMemberResponse;
import dev.parley.identity.v1.UpdateOrganisationRequest;
import dev.parley.identity.v1.UpdateOrganisationResponse;
import dev.parley.identity.v1.VerifyAuditRequest;
import dev.parley.identity.v1.VerifyAuditResponse;
import dev.parley.orchestrator.identity.People;
import io.grpc.BindableService;
import io.grpc.stub.StreamObserver;
import java.util.Optional;

/** The caller's organisation, over gRPC. */
public final class OrganisationGrpc extends OrganisationServiceImplBase {
  private static final int PAGE = 50;

  private final People people;
  private final IdentityMessages messages;
  private final LedgerCalls ledgers;

  private OrganisationGrpc(People people, IdentityMessages messages, LedgerCalls ledgers) {
    this.people = people;
    this.messages = messages;
    this.ledgers = ledgers;
  }

  /** The service. */
  public static BindableService service(
      People people, IdentityMessages messages, LedgerCalls ledgers) {
    return Visiting.to(new OrganisationGrpc(people, messages, ledgers));
  }

  @Override
  public void listOrganisations(
      ListOrganisationsRequest q, StreamObserver<ListOrganisationsResponse> to) {
    var all =
        people.organisations().of(Actors.current()).stream()
            .map(it -> messages.message(it.organisation()))
            .toList();
    answer(to, ListOrganisationsResponse.newBuilder().addAllOrganisations(all).build());
  }

  @Override
  public void createOrganisation(
      CreateOrganisationRequest q, StreamObserver<CreateOrganisationResponse> to) {
    var made =
        people.organisations().create(Actors.current(), q.getDisplayName(), q.getRequestId());
    answer(
        to,
        CreateOrganisationResponse.newBuilder().setOrganisation(messages.message(made)).build());
  }

  @Override
  public void switchOrganisation(
      SwitchOrganisationRequest q, StreamObserver<SwitchOrganisationResponse> to) {
    var tokens =
        people.signIns().enter(Actors.current(), q.getOrganisationId(), Visiting.current());
    answer(to, SwitchOrganisationResponse.newBuilder().setTokens(messages.message(tokens)).build());
  }

  @Override
  public void getOrganisation(
      GetOrganisationRequest q, StreamObserver<GetOrganisationResponse> to) {
    var it = people.organisations().get(Actors.current());
    answer(to, GetOrganisationResponse.newBuilder().setOrganisation(messages.message(it)).build());
  }

  @Override
  public void updateOrganisation(
      UpdateOrganisationRequest q, StreamObserver<UpdateOrganisationResponse> to) {
    Optional<Boolean> mask =
        q.hasMaskTranscripts() ? Optional.of(q.getMaskTranscripts()) : Optional.empty();
    var changed = people.organisations().update(Actors.current(), q.getDisplayName(), mask);
    answer(
        to,
        UpdateOrganisationResponse.newBuilder().setOrganisation(messages.message(changed)).build());
  }

  @Override
  public void deleteOrganisation(
      DeleteOrganisationRequest q, StreamObserver<DeleteOrganisationResponse> to) {
    people.organisations().delete(Actors.current(), q.getDisplayName());
    answer(to, DeleteOrganisationResponse.getDefaultInstance());
  }

  @Override
  public void listMembers(ListMembersRequest q, StreamObserver<ListMembersResponse> to) {
    int size = q.getPageSize() == 0 ? PAGE : q.getPageSize();
    var page = people.organisations().members(Actors.current(), q.getPageToken(), size);
    answer(
        to,
        ListMembersResponse.newBuilder()
            .addAllMembers(page.members().stream().map(IdentityMessages::message).toList())
            .setNextPageToken(page.nextPageToken())
            .build());
  }

  @Override
  public void updateMember(UpdateMemberRequest q, StreamObserver<UpdateMemberResponse> to) {
    var changed =
        people
            .organisations()
            .setRole(Actors.current(), q.getPersonId(), IdentityMessages.role(q.getRole()));
    answer(
        to, UpdateMemberResponse.newBuilder().setMember(IdentityMessages.message(changed)).build());
  }

  @Override
  public void removeMember(RemoveMemberRequest q, StreamObserver<RemoveMemberResponse> to) {
    people.organisations().remove(Actors.current(), q.getPersonId());
    answer(to, RemoveMemberResponse.getDefaultInstance());
  }

  @Override
  public void createInvitation(
      CreateInvitationRequest q, StreamObserver<CreateInvitationResponse> to) {
    var invited =
        people
            .invitations()
            .create(
                Actors.current(),
                q.getEmail(),
                IdentityMessages.role(q.getRole()),
                q.getRequestId());
    answer(
        to,
        CreateInvitationResponse.newBuilder()
            .setInvitation(IdentityMessages.message(invited.invitation()))
            .setLink(invited.link())
            .build());
  }

  @Override
  public void listInvitations(
      ListInvitationsRequest q, StreamObserver<ListInvitationsResponse> to) {
    var all =
        people.invitations().list(Actors.current()).stream()
            .map(IdentityMessages::message)
            .toList();
    answer(to, ListInvitationsResponse.newBuilder().addAllInvitations(all).build());
  }

  @Override
  public void revokeInvitation(
      RevokeInvitationRequest q, StreamObserver<RevokeInvitationResponse> to) {
    people.invitations().revoke(Actors.current(), q.getInvitationId());
    answer(to, RevokeInvitationResponse.getDefaultInstance());
  }

  @Override
  public void acceptInvitation(
      AcceptInvitationRequest q, StreamObserver<AcceptInvitationResponse> to) {
    var tokens = people.invitations().accept(Actors.current(), q.getToken(), Visiting.current());
    answer(to, AcceptInvitationResponse.newBuilder().setTokens(messages.message(tokens)).build());
  }

  @Override
  public void getUsage(GetUsageRequest q, StreamObserver<GetUsageResponse> to) {
    ledgers.getUsage(q, to);
  }

  @Override
  public void listAuditEntries(
      ListAuditEntriesRequest q, StreamObserver<ListAuditEntriesResponse> to) {
    ledgers.listAuditEntries(q, to);
  }

  @Override
  public void verifyAudit(VerifyAuditRequest q, StreamObserver<VerifyAuditResponse> to) {
    ledgers.verifyAudit(q, to);
  }

  private static <T> void answer(StreamObserver<T> to, T response) {
    to.onNext(response);
    to.onCompleted();
  }
}
