package dev.parley.cli.account;

import dev.parley.cli.server.Exit;
import dev.parley.cli.server.Named;
import dev.parley.cli.server.Server;
import dev.parley.identity.v1.CreateInvitationRequest;
import dev.parley.identity.v1.CreateInvitationResponse;
import dev.parley.identity.v1.ListMembersRequest;
import dev.parley.identity.v1.ListMembersResponse;
import dev.parley.identity.v1.Member;
import dev.parley.identity.v1.OrganisationServiceGrpc;
import dev.parley.identity.v1.OrganisationServiceGrpc.OrganisationServiceBlockingStub;
import dev.parley.identity.v1.RemoveMemberRequest;
import dev.parley.identity.v1.UpdateMemberRequest;
import dev.parley.kit.failure.Failure;
import dev.parley.kit.ids.Ids;
import dev.parley.type.v1.Role;
import io.grpc.Channel;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Who is in the organisation. A member is named by address or id. */
@Command(
    name = "members",
    description = "Who is in the organisation.",
    mixinStandardHelpOptions = true)
public final class Members {
  @Spec private CommandSpec spec;

  @Command(description = "Members, by name.", mixinStandardHelpOptions = true)
  int list(@Mixin Server server) {
    return server.use(channel -> {
      all(channel).forEach(it -> told(line(it)));
      return Exit.DONE;
    });
  }

  @Command(
      description = "Invites somebody; prints the link where the server sends no mail.",
      mixinStandardHelpOptions = true)
  int invite(
      @Mixin Server server,
      @Parameters(paramLabel = "EMAIL", description = "The address.") String email,
      @Option(
              names = "--role",
              defaultValue = "member",
              converter = Named.Roles.class,
              description = "viewer, member (default), editor, admin or owner.")
          Role role) {
    CreateInvitationResponse made =
        server.use(channel ->
            stub(channel)
                .createInvitation(
                    CreateInvitationRequest.newBuilder()
                        .setEmail(email)
                        .setRole(role)
                        .setRequestId(Ids.next())
                        .build()));
    return told(made.getLink().isEmpty() ? email + ": a link is on its way" : made.getLink());
  }

  @Command(name = "set-role", description = "Changes a role.", mixinStandardHelpOptions = true)
  int setRole(
      @Mixin Server server,
      @Parameters(paramLabel = "MEMBER", description = "Address or id.") String member,
      @Parameters(
              paramLabel = "ROLE",
              converter = Named.Roles.class,
              description = "viewer, member, editor, admin or owner.")
          Role role) {
    return server.use(channel -> {
      String id = idOf(channel, member);
      var request = UpdateMemberRequest.newBuilder().setPersonId(id).setRole(role).build();
      return told(line(stub(channel).updateMember(request).getMember()));
    });
  }

  @Command(description = "Removes a member.", mixinStandardHelpOptions = true)
  int remove(
      @Mixin Server server,
      @Parameters(paramLabel = "MEMBER", description = "Address or id.") String member) {
    return server.use(channel -> {
      String id = idOf(channel, member);
      stub(channel).removeMember(RemoveMemberRequest.newBuilder().setPersonId(id).build());
      return told(member + ": removed");
    });
  }

  private static String idOf(Channel channel, String member) {
    if (!member.contains("@")) {
      return member;
    }
    return all(channel).stream()
        .filter(it -> it.getPerson().getEmail().equalsIgnoreCase(member))
        .findFirst()
        .map(it -> it.getPerson().getId())
        .orElseThrow(() -> Failure.notFound("member", member));
  }

  private static List<Member> all(Channel channel) {
    List<Member> all = new ArrayList<>();
    ListMembersRequest.Builder request = ListMembersRequest.newBuilder().setPageSize(200);
    ListMembersResponse page;
    do {
      page = stub(channel).listMembers(request.build());
      all.addAll(page.getMembersList());
      request.setPageToken(page.getNextPageToken());
    } while (!page.getNextPageToken().isEmpty());
    return all;
  }

  private static String line(Member it) {
    return "%s  %-7s %-32s %s"
        .formatted(
            it.getPerson().getId(),
            Named.of(it.getRole()),
            it.getPerson().getEmail(),
            it.getPerson().getDisplayName());
  }

  private int told(String line) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(line);
    out.flush();
    return Exit.DONE;
  }

  private static OrganisationServiceBlockingStub stub(Channel channel) {
    return OrganisationServiceGrpc.newBlockingStub(channel).withDeadlineAfter(10, TimeUnit.SECONDS);
  }
}
