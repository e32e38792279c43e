package dev.parley.orchestrator;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Where the orchestrator keeps things. */
@ConfigMapping(prefix = "orchestrator")
public interface OrchestratorSettings {
  /** JDBC address of PostgreSQL. */
  @WithDefault("jdbc:postgresql://127.0.0.1:5432/parley")
  String postgresUrl();

  /** Its user. */
  @WithDefault("parley")
  String postgresUser();

  /** Its password. */
  @WithDefault("parley")
  String postgresPassword();

  /** Connections to it. */
  @WithDefault("8")
  int postgresConnections();

  /** Address of Redis. */
  @WithDefault("redis://127.0.0.1:6379")
  String redisUrl();

  /**
   * Where other replicas of this service reach this one, as {@code host:port}; empty where there is
   * only one.
   */
  Optional<String> replicaAddress();

  /** A replica that showed no life for so long has lost its sessions to the others. */
  @WithDefault("PT2S")
  Duration replicaLife();

  /** Address of the S3 store. */
  @WithDefault("http://127.0.0.1:9000")
  String s3Endpoint();

  /** Its access key. */
  @WithDefault("parley")
  String s3AccessKey();

  /** Its secret key. */
  @WithDefault("parley-local")
  String s3SecretKey();

  /** Where accepted turns wait while PostgreSQL or the S3 store is away. */
  @WithDefault("data/spool")
  String spoolFolder();

  /** When so many bytes wait there, no new turns are accepted. */
  @WithDefault("536870912")
  long spoolBytes();

  /** The bucket for media of turns. */
  @WithDefault("parley-media")
  String s3Bucket();

  /**
   * How the S3 store encrypts what it keeps: {@code AES256}, or {@code aws:kms:} and a key's id.
   */
  Optional<String> s3Encryption();

  /**
   * File of the keys that seal transcripts in PostgreSQL: lines of 32 bytes in base64, the first
   * for what is new; without it they stand there as they were said.
   */
  Optional<String> transcriptKeyFile();

  /** Memory that comes later is left out of an answer. */
  @WithDefault("PT0.25S")
  Duration recallDeadline();

  /** Passages of documents that come later are left out of an answer. */
  @WithDefault("PT0.25S")
  Duration searchDeadline();

  /** Whether engines are used once before anybody asks, so that the first answer is no slower. */
  @WithDefault("true")
  boolean warmUp();

  /** OpenAI-compatible model server, up to and including {@code /v1}; without it, no model. */
  Optional<URI> modelUrl();

  /** Key of the model server; empty sends none. */
  Optional<String> modelKey();

  /** Whether the model notes facts about the person after each turn, with a call of its own. */
  @WithDefault("true")
  boolean notes();

  /** Model asked for where a character names none. */
  @WithDefault("gpt-4o-mini")
  String model();
}
