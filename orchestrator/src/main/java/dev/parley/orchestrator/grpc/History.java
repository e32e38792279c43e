package dev.parley.orchestrator.grpc;

import dev.parley.conversation.v1.GetSessionRequest;
import dev.parley.conversation.v1.GetSessionResponse;
import dev.parley.conversation.v1.ListSessionsRequest;
import dev.parley.conversation.v1.ListSessionsResponse;
import dev.parley.conversation.v1.ListTurnsRequest;
import dev.parley.conversation.v1.ListTurnsResponse;
import dev.parley.kit.failure.Failure;
import dev.parley.kit.identity.Owner;
import dev.parley.orchestrator.conversation.Sessions;
import dev.parley.orchestrator.conversation.TurnRecord;

/** What is kept of conversations, as messages. Stateless. */
final class History {
  private static final int PAGE = 50;
  private final Sessions sessions;

  History(Sessions sessions) {
    this.sessions = sessions;
  }

  ListSessionsResponse sessions(Owner owner, ListSessionsRequest q) {
    int size = size(q.getPageSize());
    var page = sessions.parts().sessions().list(owner, q.getCharacterId(), size, q.getPageToken());
    var list = ListSessionsResponse.newBuilder().setNextPageToken(page.nextToken());
    page.items().forEach(s -> list.addSessions(Turns.session(s, sessions.isLive(s.id()))));
    return list.build();
  }

  GetSessionResponse session(Owner owner, GetSessionRequest q) {
    var record = sessions.record(owner, q.getSessionId());
    var session = Turns.session(record, sessions.isLive(record.id()));
    return GetSessionResponse.newBuilder().setSession(session).build();
  }

  ListTurnsResponse turns(Owner owner, ListTurnsRequest q) {
    sessions.record(owner, q.getSessionId());
    int size = size(q.getPageSize());
    var page = sessions.parts().turns().list(owner, q.getSessionId(), size, q.getPageToken());
    var list = ListTurnsResponse.newBuilder().setNextPageToken(page.nextToken());
    page.items().forEach(t -> list.addTurns(Turns.turn(t)));
    return list.build();
  }

  /**
   * @throws Failure TURN_NOT_FOUND
   */
  TurnRecord turn(Owner owner, String id) {
    return sessions.parts().turns().find(owner, id).orElseThrow(() -> Failure.notFound("turn", id));
  }

  private static int size(int asked) {
    return asked == 0 ? PAGE : asked;
  }
}
