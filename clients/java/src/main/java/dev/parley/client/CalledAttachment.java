package dev.parley.client;

import dev.parley.conversation.v1.ClientEvent;
import dev.parley.conversation.v1.ConversationServiceGrpc;
import dev.parley.conversation.v1.OpenSessionRequest;
import dev.parley.conversation.v1.OpenSessionResponse;
import dev.parley.conversation.v1.Resume;
import dev.parley.conversation.v1.SendInputRequest;
import dev.parley.conversation.v1.ServerEvent;
import dev.parley.conversation.v1.SessionStart;
import dev.parley.conversation.v1.SubscribeRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** A session through calls: {@code OpenSession}, {@code SendInput}, {@code Subscribe}. */
final class CalledAttachment implements Attachment {
  private final Calls calls;
  private final String session;
  private final String client;
  private final Calls.Listening listening;
  private final Arrivals arrivals = new Arrivals();
  private volatile boolean left;

  CalledAttachment(Calls calls, SessionStart start) {
    this.calls = calls;
    long after;
    if (start.hasResume()) {
      Resume resume = start.getResume();
      session = resume.getSessionId();
      client = start.getClientId();
      after = resume.getAfterSeq();
    } else {
      OpenSessionResponse opened = open(start);
      session = opened.getStarted().getSessionId();
      client = opened.getStarted().getClientId();
      after = opened.getSeq();
      arrivals.event(
          ServerEvent.newBuilder().setSeq(after).setSessionStarted(opened.getStarted()).build());
    }
    listening =
        calls.subscribe(
            SubscribeRequest.newBuilder()
                .setSessionId(session)
                .setClientId(client)
                .setAfterSeq(after)
                .addAllTiers(start.getTiersList())
                .build());
    Thread.ofVirtual().name("parley-listening").start(() -> listen(!start.hasResume()));
  }

  private OpenSessionResponse open(SessionStart start) {
    var request =
        OpenSessionRequest.newBuilder()
            .setStart(start)
            .setRequestId(UUID.randomUUID().toString())
            .build();
    return calls.call(ConversationServiceGrpc.getOpenSessionMethod(), request, "POST /v1/sessions");
  }

  /** The start is told once: by the answer to the opening call, or by the stream. */
  private void listen(boolean startIsTold) {
    try {
      boolean more = true;
      while (more) {
        more =
            listening.read(event -> {
              if (!startIsTold || !event.hasSessionStarted()) {
                arrivals.event(event);
              }
            });
      }
      arrivals.ended();
    } catch (ParleyException why) {
      if (!left) {
        arrivals.failed(why);
      }
    }
  }

  @Override
  public Optional<ServerEvent> next(Duration limit) {
    return arrivals.next(limit);
  }

  @Override
  public void send(ClientEvent event) {
    var request =
        SendInputRequest.newBuilder()
            .setSessionId(session)
            .setClientId(client)
            .addEvents(event)
            .build();
    calls.call(
        ConversationServiceGrpc.getSendInputMethod(),
        request,
        "POST /v1/sessions/" + session + ":send");
  }

  @Override
  public void close() {
    left = true;
    arrivals.close();
    listening.close();
  }
}
