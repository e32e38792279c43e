package dev.parley.memorysvc;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** What can be set of memory, as in {@code --memory.redis=redis://host:6379}. */
@ConfigMapping(prefix = "memory")
public interface MemorySettings {
  /** Where the collections of points are kept. */
  @WithDefault("data/memory")
  Path folder();

  /**
   * A Qdrant server, 1.16 or later, that keeps the collections instead of the folder; its gRPC
   * port, as in {@code http://host:6334}.
   */
  Optional<URI> qdrantUrl();

  /** Its API key. */
  Optional<String> qdrantKey();

  /** The Redis server of the short-term turns. */
  @WithDefault("redis://127.0.0.1:6379")
  URI redis();

  /** After the last turn of a session, its short-term turns stay so long; ISO 8601. */
  @WithDefault("P7D")
  Duration recentExpiry();

  /**
   * A folder with an embedding model of your own, {@code model.onnx} and {@code tokenizer.json}.
   */
  Optional<Path> modelFolder();

  /** Embeddings kept at hand; one takes about 1.7 kB. */
  @WithDefault("10000")
  int embeddingCache();

  /** Cores that one embedding may use. */
  @WithDefault("1")
  int embeddingThreads();
}
