package dev.parley.orchestrator.grpc;

import dev.parley.identity.v1.CreateTicketRequest;
import dev.parley.identity.v1.CreateTicketResponse;
import dev.parley.kit.identity.Caller;
import dev.parley.kit.identity.Permissions;
import dev.parley.orchestrator.identity.CredentialKind;
import dev.parley.orchestrator.identity.Identity;
import dev.parley.orchestrator.identity.key.Tickets;
import dev.parley.type.v1.Permission;
import io.grpc.stub.StreamObserver;
import java.util.Set;
import java.util.stream.Collectors;

/** Tickets for whoever calls, with what the caller may do and no more. */
public record TicketGrpc(Tickets tickets) implements IdentityGrpc.TicketCalls {
  @Override
  public void createTicket(CreateTicketRequest q, StreamObserver<CreateTicketResponse> to) {
    Tickets.Ticket ticket = tickets.issue(identity(Caller.current()));
    to.onNext(
        CreateTicketResponse.newBuilder()
            .setTicket(ticket.text())
            .setExpireTime(Times.timestamp(ticket.expireTime()))
            .build());
    to.onCompleted();
  }

  private static Identity identity(Caller caller) {
    Set<Permission> own = caller.identity().permissions();
    boolean all = own.containsAll(Permissions.of(caller.role()));
    return new Identity(
        caller.owner().personId(),
        false,
        caller.owner().organisationId(),
        KeyMessages.role(caller.role()),
        all ? Set.of() : own.stream().map(Permissions::name).collect(Collectors.toSet()),
        caller.identity().characterIds(),
        caller.credential().id(),
        CredentialKind.TICKET);
  }
}
