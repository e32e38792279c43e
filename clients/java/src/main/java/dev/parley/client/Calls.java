package dev.parley.client;

import com.google.protobuf.Message;
import dev.parley.conversation.v1.ServerEvent;
import dev.parley.conversation.v1.SubscribeRequest;
import io.grpc.MethodDescriptor;

/** Calls through one door. Thread-safe. */
public interface Calls {
  /**
   * One call, one answer.
   *
   * @param http method and path as REST has it, such as {@code GET /v1/turns/T?x=y}; other doors do
   *     not look at it
   * @throws ParleyException what the server refused
   */
  <Q extends Message, S extends Message> S call(
      MethodDescriptor<Q, S> method, Q request, String http);

  /** Listens to a session. */
  Listening subscribe(SubscribeRequest request);

  /** A stream of events that its reader pulls. */
  interface Listening extends AutoCloseable {
    /** Blocks up to the next event; false at a good end. */
    boolean read(java.util.function.Consumer<ServerEvent> into);

    @Override
    void close();
  }
}
