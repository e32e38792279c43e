package dev.parley.standalone;

import dev.parley.standalone.embedded.DataFolder;
import java.util.List;

/**
 * Where the embedded stores are, and how they are opened.
 *
 * @param jdbcUrl of PostgreSQL, whose user is {@code postgres}
 * @param redisUri of Redis
 * @param s3Endpoint of the S3 store
 */
public record StoreAddresses(
    String jdbcUrl, String redisUri, String s3Endpoint, String accessKey, String secretKey) {

  /** The same as settings of all services, with where each keeps files in the folder. */
  public List<String> settings(DataFolder folder) {
    return List.of(
        "--orchestrator.postgres-url=" + jdbcUrl,
        "--orchestrator.postgres-user=postgres",
        "--orchestrator.postgres-password=postgres",
        "--orchestrator.redis-url=" + redisUri,
        "--orchestrator.s3-endpoint=" + s3Endpoint,
        "--orchestrator.s3-access-key=" + accessKey,
        "--orchestrator.s3-secret-key=" + secretKey,
        "--orchestrator.spool-folder=" + folder.folder("spool"),
        "--identity.secret-file=" + folder.folder("identity").resolve("secret"),
        "--document.postgres-url=" + jdbcUrl,
        "--document.postgres-user=postgres",
        "--document.postgres-password=postgres",
        "--document.s3-endpoint=" + s3Endpoint,
        "--document.s3-access-key=" + accessKey,
        "--document.s3-secret-key=" + secretKey,
        "--document.folder=" + folder.folder("documents"),
        "--memory.redis=" + redisUri,
        "--memory.folder=" + folder.folder("memory"));
  }

  @Override
  public String toString() {
    return jdbcUrl + ", " + redisUri + ", " + s3Endpoint;
  }
}
