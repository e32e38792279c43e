package dev.parley.memorysvc.qdrant;

import com.google.common.util.concurrent.ListenableFuture;
import dev.parley.kit.failure.Failure;
import dev.parley.kit.failure.Retry;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Calls to the server. One that may be made twice is tried again for 3 seconds while the server is
 * away.
 */
final class Calls {
  /** What one call may take. */
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private Calls() {}

  /** Waits for a call that bears being made twice. */
  static <T> T again(Supplier<ListenableFuture<T>> call) {
    return Retry.STORE.run(() -> once(call.get()), Calls::passes);
  }

  /** Waits for a call. */
  static <T> T once(Future<T> call) {
    return within(call, PATIENCE)
        .orElseThrow(() ->
            Failure.unavailable(
                "qdrant: no answer within " + PATIENCE.toSeconds() + " s", Duration.ofSeconds(1)));
  }

  /** The answer of a call, none when it takes longer. */
  static <T> Optional<T> within(Future<T> call, Duration time) {
    try {
      return Optional.of(call.get(Math.max(0, time.toNanos()), TimeUnit.NANOSECONDS));
    } catch (TimeoutException e) {
      call.cancel(true);
      return Optional.empty();
    } catch (InterruptedException e) {
      call.cancel(true);
      Thread.currentThread().interrupt();
      throw Failure.of(Failure.Code.CANCELLED, "INTERNAL", "interrupted while waiting");
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    }
  }

  private static boolean passes(RuntimeException e) {
    return e instanceof Failure failure && failure.code() == Failure.Code.UNAVAILABLE;
  }

  private static RuntimeException failure(Throwable cause) {
    if (!(cause instanceof StatusRuntimeException status)) {
      return Failure.of(Failure.Code.UNAVAILABLE, "STORE_FAILED", "qdrant: " + cause.getMessage())
          .causedBy(cause);
    }
    Status.Code code = status.getStatus().getCode();
    String message = "qdrant: " + status.getStatus().getDescription();
    return switch (code) {
      case NOT_FOUND -> Failure.of(Failure.Code.NOT_FOUND, "COLLECTION_NOT_FOUND", message);
      case ALREADY_EXISTS -> Failure.of(Failure.Code.ALREADY_EXISTS, "ALREADY_EXISTS", message);
      case INVALID_ARGUMENT ->
          Failure.of(Failure.Code.INVALID_ARGUMENT, "INVALID_ARGUMENT", message);
      case UNAUTHENTICATED, PERMISSION_DENIED ->
          Failure.of(
              Failure.Code.FAILED_PRECONDITION, "STORE_FAILED", message + " (is the key right?)");
      default -> Failure.of(Failure.Code.UNAVAILABLE, "STORE_FAILED", message).causedBy(cause);
    };
  }
}
