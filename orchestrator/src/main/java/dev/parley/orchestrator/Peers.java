package dev.parley.orchestrator;

import io.grpc.Channel;
import java.util.Optional;

/**
 * Channels to the other services.
 *
 * @param documents empty where there are none to read: no character quotes any then
 */
public record Peers(Channel speech, Channel render, Channel memory, Optional<Channel> documents) {}
