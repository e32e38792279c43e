package dev.parley.client;

import dev.parley.conversation.v1.ClientEvent;
import dev.parley.conversation.v1.ConversationServiceGrpc;
import dev.parley.conversation.v1.ServerEvent;
import dev.parley.conversation.v1.SessionStart;
import io.grpc.Channel;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.time.Duration;
import java.util.Optional;

/** {@code Converse}: one stream in each direction. One message is asked for when one was taken. */
final class GrpcAttachment implements Attachment, ClientResponseObserver<ClientEvent, ServerEvent> {
  private final Arrivals arrivals = new Arrivals();
  private ClientCallStreamObserver<ClientEvent> out;

  GrpcAttachment(Channel channel, SessionStart start) {
    ConversationServiceGrpc.newStub(channel).converse(this);
    send(ClientEvent.newBuilder().setSessionStart(start).build());
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<ClientEvent> stream) {
    out = stream;
    stream.disableAutoRequestWithInitial(1);
  }

  @Override
  public void onNext(ServerEvent event) {
    arrivals.event(event);
  }

  @Override
  public void onError(Throwable thrown) {
    arrivals.failed(GrpcCalls.failure(thrown));
  }

  @Override
  public void onCompleted() {
    arrivals.ended();
  }

  @Override
  public Optional<ServerEvent> next(Duration limit) {
    Optional<ServerEvent> event = arrivals.next(limit);
    out.request(1);
    return event;
  }

  @Override
  public synchronized void send(ClientEvent event) {
    out.onNext(event);
  }

  @Override
  public void close() {
    arrivals.close();
    out.cancel("the client left", null);
  }
}
