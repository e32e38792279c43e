package dev.parley.orchestrator;

import dev.parley.kit.host.Hosted;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import java.util.Optional;
import java.util.function.Function;

/**
 * Channels to the other services.
 *
 * @param documents empty where there are none to read: no character quotes any then
 * @param replica opens a channel to another replica of this service, by its {@code host:port}
 */
public record Peers(
    Channel speech,
    Channel render,
    Channel memory,
    Optional<Channel> documents,
    Function<String, ManagedChannel> replica) {

  /** Whose other replicas, if there are any, are reached in plain text. */
  public Peers(Channel speech, Channel render, Channel memory, Optional<Channel> documents) {
    this(speech, render, memory, documents, Hosted::channelTo);
  }
}
