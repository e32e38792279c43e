package dev.parley.orchestrator.s3;

import dev.parley.kit.failure.Failure;
import dev.parley.kit.failure.Failure.Code;
import dev.parley.orchestrator.conversation.MediaStore;
import io.minio.BucketExistsArgs;
import io.minio.GetObjectArgs;
import io.minio.ListObjectsArgs;
import io.minio.MakeBucketArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.RemoveObjectArgs;
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
 * Media in any store that speaks the S3 protocol, one object a key. Thread-safe; blocks at most 10
 * seconds a step; the bucket is made when it is missing.
 */
public final class S3MediaStore implements MediaStore {
  private final MinioClient client;
  private final String bucket;

  /**
   * Connects and makes the bucket if it is missing. Fails with STORE_FAILED.
   *
   * @param endpoint address of the store, {@code http://host:port}
   * @param bucket its name, three letters or more
   */
  public static S3MediaStore open(String endpoint, String accessKey, String secretKey, String bucket) {
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
    var store = new S3MediaStore(client, bucket);
    store.makeBucket();
    return store;
  }

  private S3MediaStore(MinioClient client, String bucket) {
    this.client = client;
    this.bucket = bucket;
  }

  private void makeBucket() {
    tried(
        () -> {
          if (!client.bucketExists(BucketExistsArgs.builder().bucket(bucket).build())) {
            client.makeBucket(MakeBucketArgs.builder().bucket(bucket).build());
          }
          return bucket;
        });
  }

  /** Whether it answers, for health. */
  public boolean answers() {
    try {
      return tried(() -> client.bucketExists(BucketExistsArgs.builder().bucket(bucket).build()));
    } catch (Failure e) {
      return false;
    }
  }

  @Override
  public void put(String key, byte[] bytes, String contentType) {
    tried(
        () ->
            client.putObject(
                PutObjectArgs.builder()
                    .bucket(bucket)
                    .object(key)
                    .stream(new ByteArrayInputStream(bytes), (long) bytes.length, -1L)
                    .contentType(contentType)
                    .build()));
  }

  @Override
  public Optional<Info> stat(String key) {
    try {
      var it = client.statObject(StatObjectArgs.builder().bucket(bucket).object(key).build());
      return Optional.of(new Info(it.size(), it.contentType()));
    } catch (ErrorResponseException e) {
      if (e.response().code() == 404) {
        return Optional.empty();
      }
      throw failed(e);
    } catch (MinioException e) {
      throw failed(e);
    }
  }

  @Override
  public InputStream read(String key, long offset, long length) {
    var wanted = GetObjectArgs.builder().bucket(bucket).object(key).offset(offset);
    return tried(() -> client.getObject((length > 0 ? wanted.length(length) : wanted).build()));
  }

  @Override
  public void deleteAll(String prefix) {
    var listing = ListObjectsArgs.builder().bucket(bucket).prefix(prefix).recursive(true).build();
    tried(
        () -> {
          for (var it : client.listObjects(listing)) {
            client.removeObject(
                RemoveObjectArgs.builder().bucket(bucket).object(it.get().objectName()).build());
          }
          return prefix;
        });
  }

  private interface Step<T> {
    T run() throws MinioException;
  }

  private static <T> T tried(Step<T> step) {
    try {
      return step.run();
    } catch (MinioException e) {
      throw failed(e);
    }
  }

  private static Failure failed(Exception cause) {
    return Failure.of(Code.UNAVAILABLE, "STORE_FAILED", "the object store did not do it; try again")
        .retryAfter(Duration.ofSeconds(1))
        .causedBy(cause);
  }
}
