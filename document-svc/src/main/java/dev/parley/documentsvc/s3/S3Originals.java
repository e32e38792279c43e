package dev.parley.documentsvc.s3;

import dev.parley.documentsvc.library.Originals;
import dev.parley.kit.failure.Failure;
import dev.parley.kit.failure.Failure.Code;
import dev.parley.kit.failure.Retry;
import io.minio.BucketExistsArgs;
import io.minio.GetObjectArgs;
import io.minio.MakeBucketArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.RemoveObjectArgs;
import io.minio.ServerSideEncryption;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.MinioException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;

/**
 * Uploaded files in any store that speaks the S3 protocol, one object a key. Thread-safe. A step is
 * waited for at most 30 seconds, and tried again for 3 when the store is not there or at fault; the
 * bucket is made when it is missing.
 */
public final class S3Originals implements Originals {
  private final MinioClient client;
  private final String bucket;
  private final Optional<ServerSideEncryption> encryption;
  private final Retry retry;

  /**
   * Connects and makes the bucket if it is missing. Fails with STORE_FAILED.
   *
   * @param endpoint address of the store, {@code http://host:port}
   * @param bucket its name, three letters or more
   * @param encryption how the store encrypts what it keeps, as {@link Encryption#of} takes it
   */
  public static S3Originals open(
      String endpoint,
      String accessKey,
      String secretKey,
      String bucket,
      Optional<String> encryption) {
    return open(endpoint, accessKey, secretKey, bucket, encryption, Retry.STORE);
  }

  static S3Originals open(
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
            .readTimeout(30, TimeUnit.SECONDS)
            .writeTimeout(30, TimeUnit.SECONDS)
            .build();
    var client =
        MinioClient.builder()
            .endpoint(endpoint)
            .credentials(accessKey, secretKey)
            .region("us-east-1")
            .httpClient(http)
            .build();
    var store = new S3Originals(client, bucket, encrypted, retry);
    store.makeBucket();
    return store;
  }

  private S3Originals(
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
  }

  @Override
  public void put(String key, Path file, String contentType) {
    tried(() -> {
      try (InputStream in = Files.newInputStream(file)) {
        var it =
            PutObjectArgs.builder().bucket(bucket).object(key).stream(in, Files.size(file), -1L)
                .contentType(contentType);
        encryption.ifPresent(it::sse);
        return client.putObject(it.build());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
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
  public void remove(String key) {
    tried(() -> {
      client.removeObject(RemoveObjectArgs.builder().bucket(bucket).object(key).build());
      return key;
    });
  }

  private interface Step<T> {
    T run() throws MinioException;
  }

  private <T> T tried(Step<T> step) {
    return retry.run(() -> once(step), S3Originals::passes);
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
          ? Failure.of(Code.NOT_FOUND, "DOCUMENT_NOT_FOUND", "the file of the document is gone")
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
