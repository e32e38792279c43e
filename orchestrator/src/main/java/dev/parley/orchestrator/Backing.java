package dev.parley.orchestrator;

import dev.parley.kit.failure.Failure;
import dev.parley.kit.health.Part;
import dev.parley.kit.ids.Ids;
import dev.parley.orchestrator.conversation.EventLog;
import dev.parley.orchestrator.conversation.Leases;
import dev.parley.orchestrator.conversation.SessionLog;
import dev.parley.orchestrator.conversation.SessionStore;
import dev.parley.orchestrator.identity.Seal;
import dev.parley.orchestrator.postgres.PostgresDatabase;
import dev.parley.orchestrator.postgres.PostgresSessionStore;
import dev.parley.orchestrator.postgres.PostgresTurnStore;
import dev.parley.orchestrator.postgres.SealedTranscripts;
import dev.parley.orchestrator.postgres.Transcripts;
import dev.parley.orchestrator.redis.RedisConnection;
import dev.parley.orchestrator.s3.S3MediaStore;
import dev.parley.orchestrator.spool.Spool;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * The stores that everything here is kept in. Closing lets go of Redis and then of PostgreSQL.
 *
 * @param transcripts how what was said stands in the database
 * @param spool where turns and media wait while PostgreSQL or the object store is away
 * @param events what live sessions said, for those who come back
 * @param leases which replica holds which session
 */
record Backing(
    OrchestratorSettings settings,
    PostgresDatabase database,
    Transcripts transcripts,
    RedisConnection redis,
    S3MediaStore media,
    Spool spool,
    EventLog events,
    Leases leases)
    implements AutoCloseable {

  /**
   * Connects to them.
   *
   * @param window how much of a session is kept for those who come back
   * @throws dev.parley.kit.failure.Failure when one is not there
   */
  static Backing open(OrchestratorSettings settings, SessionLog.Window window) {
    // Beside the database, since each takes a third of a second of a start.
    var objects =
        CompletableFuture.supplyAsync(
            () ->
                S3MediaStore.open(
                    settings.s3Endpoint(),
                    settings.s3AccessKey(),
                    settings.s3SecretKey(),
                    settings.s3Bucket(),
                    settings.s3Encryption()),
            task -> Thread.ofPlatform().name("start-objects").start(task));
    var database =
        PostgresDatabase.open(
            settings.postgresUrl(),
            settings.postgresUser(),
            settings.postgresPassword(),
            settings.postgresConnections());
    List<Seal> keys = TranscriptKeyFile.read(settings.transcriptKeyFile());
    var transcripts = transcripts(database, keys);
    var redis = new RedisConnection(settings.redisUrl());
    var media = taken(objects);
    var kept = Duration.ofNanos(window.eventNanos());
    var leases =
        redis.leases(
            Ids.next(), settings.replicaAddress().orElse(""), settings.replicaLife(), kept);
    var events = redis.eventLog(window.mediaBytes(), window.events(), kept);
    var turns = new PostgresTurnStore(database, transcripts);
    var sessions = new PostgresSessionStore(database, transcripts);
    var sealed = new SpooledSeal(keys);
    var spool =
        Spool.open(
            Path.of(settings.spoolFolder()),
            settings.spoolBytes(),
            turns,
            media,
            sessions,
            sealed::write,
            sealed::read);
    return new Backing(settings, database, transcripts, redis, media, spool, events, leases);
  }

  private static Transcripts transcripts(PostgresDatabase database, List<Seal> keys) {
    SealedTranscripts.check(database, keys);
    return keys.isEmpty() ? Transcripts.PLAIN : new SealedTranscripts(database, keys);
  }

  SessionStore sessions() {
    return new PostgresSessionStore(database, transcripts);
  }

  private static S3MediaStore taken(CompletableFuture<S3MediaStore> started) {
    try {
      return started.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof Failure failure ? failure : e;
    }
  }

  /** How they are. */
  List<Part> parts() {
    return List.of(
        Part.probed("redis", address(settings.redisUrl()), redis::ping),
        Part.probed("postgres", address(settings.postgresUrl()), database::ping),
        Part.probed("s3", settings.s3Endpoint(), media::ping));
  }

  /** Without what may stand behind it, as a password. */
  private static String address(String url) {
    return url.replaceFirst("\\?.*", "").replaceFirst("//[^@/]*@", "//");
  }

  @Override
  public void close() {
    spool.close();
    redis.close();
    database.close();
  }
}
