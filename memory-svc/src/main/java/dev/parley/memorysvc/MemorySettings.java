package dev.parley.memorysvc;

import dev.parley.memorysvc.onnx.Pooling;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

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

  /** How that model's token vectors become one: {@code mean}, {@code cls} or {@code last}. */
  @WithDefault("mean")
  Pooling modelPooling();

  /** Tokens that model reads of a text, its marks included. */
  @WithDefault("256")
  int modelTokens();

  /** Numbers in that model's vectors; a model that makes others is refused. */
  OptionalInt modelDimensions();

  /** The folder of the model before it: answers questions until all texts are embedded anew. */
  Optional<Path> previousModelFolder();

  /**
   * A folder with a cross-encoder of your own, {@code model.onnx} and {@code tokenizer.json}, that
   * orders the best passages of a search again.
   */
  Optional<Path> rerankerFolder();

  /** Tokens it reads of question and passage together, its marks included. */
  @WithDefault("512")
  int rerankerTokens();

  /**
   * Base address of an OpenAI-compatible server that embeds instead of a local model, as in {@code
   * http://host/v1}.
   */
  Optional<URI> remoteUrl();

  /** Its key. */
  Optional<String> remoteKey();

  /** Its model. */
  @WithDefault("text-embedding-3-small")
  String remoteModel();

  /** Numbers in its vectors; where they are set it need not answer at start. */
  OptionalInt remoteDimensions();

  /** Most milliseconds that one of its calls may take. */
  @WithDefault("10000")
  int remoteTimeoutMs();

  /** Embeddings kept at hand; one takes about 1.7 kB. */
  @WithDefault("10000")
  int embeddingCache();

  /** Cores that one embedding may use. */
  @WithDefault("1")
  int embeddingThreads();
}
