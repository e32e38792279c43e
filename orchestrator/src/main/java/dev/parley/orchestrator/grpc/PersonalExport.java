package dev.parley.orchestrator.grpc;

import dev.parley.conversation.v1.ExportMeResponse;
import dev.parley.identity.v1.Person;
import dev.parley.kit.identity.Owner;
import dev.parley.memory.v1.Item;
import dev.parley.orchestrator.conversation.Page;
import dev.parley.orchestrator.conversation.SessionRecord;
import dev.parley.orchestrator.conversation.SessionStore;
import dev.parley.orchestrator.conversation.TurnRecord;
import dev.parley.orchestrator.conversation.TurnStore;
import java.util.Iterator;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Everything about a person, a page at a time, however much there is.
 *
 * @param profile who a person is
 * @param memories what is remembered of a person; may fail with a {@code StatusRuntimeException}
 */
public record PersonalExport(
    SessionStore sessions,
    TurnStore turns,
    Function<Owner, Person> profile,
    Function<Owner, Iterator<Item>> memories) {
  private static final int PAGE = 100;

  /** Sends it all, as fast as it is taken; blocks. */
  void send(Owner owner, Consumer<ExportMeResponse> to) {
    to.accept(ExportMeResponse.newBuilder().setProfile(profile.apply(owner)).build());
    String token = "";
    do {
      Page<SessionRecord> page = sessions.list(owner, "", PAGE, token);
      for (SessionRecord session : page.items()) {
        to.accept(ExportMeResponse.newBuilder().setSession(Turns.session(session, false)).build());
        turnsOf(owner, session.id(), to);
      }
      token = page.nextToken();
    } while (!token.isEmpty());
    memories
        .apply(owner)
        .forEachRemaining(it -> to.accept(ExportMeResponse.newBuilder().setMemory(it).build()));
  }

  private void turnsOf(Owner owner, String sessionId, Consumer<ExportMeResponse> to) {
    String token = "";
    do {
      Page<TurnRecord> page = turns.list(owner, sessionId, PAGE, token);
      page.items()
          .forEach(it -> to.accept(ExportMeResponse.newBuilder().setTurn(Turns.turn(it)).build()));
      token = page.nextToken();
    } while (!token.isEmpty());
  }
}
