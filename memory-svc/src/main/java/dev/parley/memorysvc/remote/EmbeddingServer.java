package dev.parley.memorysvc.remote;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A server that speaks OpenAI's embeddings interface.
 *
 * @param url its base address, as in {@code http://host/v1}
 * @param key sent as a bearer token
 * @param model which of its models
 * @param dimensions numbers in a vector, where they are declared
 * @param timeout what one call may take
 */
public record EmbeddingServer(
    URI url, Optional<String> key, String model, OptionalInt dimensions, Duration timeout) {}
