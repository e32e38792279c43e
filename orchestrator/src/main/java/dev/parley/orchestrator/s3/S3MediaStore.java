package dev.parley.orchestrator.s3;

import dev.parley.kit.failure.Failure;
import dev.parley.kit.failure.Failure.Code;
import dev.parley.kit.failure.Outage;
import dev.parley.kit.failure.Retry;
import dev.parley.orchestrator.conversation.MediaStore;
import io.minio.BucketExistsArgs;
import io.minio.GetObjectArgs;
import io.minio.ListObjectsArgs;
import io.minio.MakeBucketArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.RemoveObjectArgs;
import io.minio.ServerSideEncryption;
import io.minio.StatObjectArgs;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.MinioException;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;

/**
 * Media in any store that speaks the S3 protocol, one object a key. Thread-safe. A step is waited
 * for at most 10 seconds, and tried again for 3 when the store is not there or at fault; after that
 * nobody waits until it is back. The bucket is made when it is missing.
 */
public final class S3MediaStore implements MediaStore {
  private final MinioClient client;
  private final String bucket;
  private final Optional<ServerSideEncryption> encryption;
  private final Retry retry;
  private final Outage outage = new Outage("object store", this::ping);

  /**
   * Connects and makes the bucket if it is missing. Fails with STORE_FAILED.
   *
   * @param endpoint address of the store, {@code http://host:port}
   * @param bucket its name, three letters or more
   * @param encryption how the store encrypts what it keeps, as {@link Encryption#of} takes it
   */
  public static S3MediaStore open(
      String endpoint,
      String accessKey,
      String secretKey,
      String bucket,
      Optional<String> encryption) {
    return open(endpoint, accessKey, secretKey, bucket, encryption, Retry.STORE);
  }

  static S3MediaStore open(
      String endpoint,
      String accessKey,
      String secretKey,
      String bucket,
      Optional<String> encryption,
      Retry retry) {
    var encrypted = Encryption.of(encryption, endpoint);
    var http =
        new OkHttpClient.Builder()
            .connectTimeout(3, TimeUnit.SECONDS)
            .readTimeout(10, TimeUnit.SECONDS)
            .writeTimeout(10, TimeUnit.SECONDS)
            .build();
    var client =
        MinioClient.builder()
            .endpoint(endpoint)
            .credentials(accessKey, secretKey)
            .region("us-east-1")
            .httpClient(http)
            .build();
    var store = new S3MediaStore(client, bucket, encrypted, retry);
    store.makeBucket();
    return store;
  }

  private S3MediaStore(
      MinioClient client, String bucket, Optional<ServerSideEncryption> encryption, Retry retry) {
    this.encryption = encryption;
    this.client = client;
    this.bucket = bucket;
    this.retry = retry;
  }

  private void makeBucket() {
    tried(() -> {
      if (!client.bucketExists(BucketExistsArgs.builder().bucket(bucket).build())) {
        client.makeBucket(MakeBucketArgs.builder().bucket(bucket).build());
      }
      return bucket;
    });
  }

  /** Throws when it does not answer or its bucket is gone. */
  public void ping() {
    boolean there =
        once(() -> client.bucketExists(BucketExistsArgs.builder().bucket(bucket).build()));
    if (!there) {
      throw Failure.of(Code.UNAVAILABLE, "STORE_FAILED", "no bucket " + bucket + "; make it");
    }
    outage.over();
  }

  @Override
  public void put(String key, byte[] bytes, String contentType) {
    tried(() -> {
      var it =
          PutObjectArgs.builder().bucket(bucket).object(key).stream(
                  new ByteArrayInputStream(bytes), (long) bytes.length, -1L)
              .contentType(contentType);
      encryption.ifPresent(it::sse);
      return client.putObject(it.build());
    });
  }

  @Override
  public Optional<Info> stat(String key) {
    return tried(() -> {
      try {
        var wanted = StatObjectArgs.builder().bucket(bucket).object(key).build();
        var it = client.statObject(wanted);
        return Optional.of(new Info(it.size(), it.contentType()));
      } catch (ErrorResponseException e) {
        if (e.response().code() == 404) {
          return Optional.empty();
        }
        throw e;
      }
    });
  }

  @Override
  public InputStream read(String key, long offset, long length) {
    var wanted = GetObjectArgs.builder().bucket(bucket).object(key);
    if (offset > 0 || length > 0) {
      wanted.offset(offset);
    }
    if (length > 0) {
      wanted.length(length);
    }
    return tried(() -> client.getObject(wanted.build()));
  }

  @Override
  public void deleteAll(String prefix) {
    removeAll(prefix);
  }

  /** Removes everything whose key begins so; says how many objects. */
  public long removeAll(String prefix) {
    var listing = ListObjectsArgs.builder().bucket(bucket).prefix(prefix).recursive(true).build();
    return tried(() -> {
      long removed = 0;
      for (var it : client.listObjects(listing)) {
        client.removeObject(
            RemoveObjectArgs.builder().bucket(bucket).object(it.get().objectName()).build());
        removed++;
      }
      return removed;
    });
  }

  private interface Step<T> {
    T run() throws MinioException;
  }

  private <T> T tried(Step<T> step) {
    return outage.run(
        () -> retry.run(() -> once(step), S3MediaStore::passes), S3MediaStore::passes);
  }

  private static <T> T once(Step<T> step) {
    try {
      return step.run();
    } catch (MinioException e) {
      throw failed(e);
    } catch (IllegalStateException e) { // How the client reports a lost connection.
      throw failed("is not there", e);
    }
  }

  /** Whatever the store did not answer, or answered with a fault of its own, may pass. */
  private static boolean passes(RuntimeException e) {
    return !(e.getCause() instanceof ErrorResponseException answer)
        || answer.response().code() >= 500;
  }

  private static Failure failed(MinioException cause) {
    if (cause instanceof ErrorResponseException answer) {
      int status = answer.response().code();
      return status == 404
          ? Failure.of(Code.NOT_FOUND, "MEDIA_NOT_READY", "there is no such media")
          : failed("answered " + status, cause);
    }
    return failed("is not there", cause);
  }

  private static Failure failed(String why, Exception cause) {
    return Failure.of(Code.UNAVAILABLE, "STORE_FAILED", "object store: it " + why + "; try again")
        .retryAfter(Duration.ofSeconds(1))
        .causedBy(cause);
  }
}
