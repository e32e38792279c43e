package dev.parley.client;

import dev.parley.conversation.v1.ClientEvent;
import dev.parley.conversation.v1.ServerEvent;
import java.time.Duration;
import java.util.Optional;

/** One connection to a session, through one door. For one thread that reads and one that sends. */
interface Attachment extends AutoCloseable {
  /**
   * The next event; empty when the server ended the stream well.
   *
   * @throws ParleyException why it ended otherwise
   */
  Optional<ServerEvent> next(Duration limit);

  /** Sends; returns when it is on its way. */
  void send(ClientEvent event);

  /** Leaves at once, as a broken connection would. */
  @Override
  void close();
}
