package dev.parley.kit.failure;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.QuotaFailure;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;

/** Translates between {@link Failure} and {@code google.rpc.Status}. */
public final class Failures {
  /** Domain of every {@code ErrorInfo}. */
  public static final String DOMAIN = "parley.dev";

  /** The reason that brings a {@code QuotaFailure}; the fact {@code subject} says whose it is. */
  private static final String QUOTA_EXCEEDED = "QUOTA_EXCEEDED";

  private Failures() {}

  /** The exception that gRPC sends for any throwable; what is no {@link Failure} is INTERNAL. */
  public static StatusRuntimeException toStatus(Throwable thrown) {
    return switch (thrown) {
      case StatusRuntimeException status -> status;
      case StatusException status -> status.getStatus().asRuntimeException(status.getTrailers());
      case CompletionException wrapped when wrapped.getCause() != null ->
          toStatus(wrapped.getCause());
      case TimeoutException _ ->
          toStatus(
              Failure.of(Failure.Code.DEADLINE_EXCEEDED, "DEADLINE_EXCEEDED", "it took too long"));
      case Failure failure -> StatusProto.toStatusRuntimeException(toProto(failure));
      default ->
          StatusProto.toStatusRuntimeException(
              toProto(Failure.of(Failure.Code.INTERNAL, "INTERNAL", "a fault of the server")));
    };
  }

  /** The status message with its details. */
  public static Status toProto(Failure failure) {
    Status.Builder status =
        Status.newBuilder()
            .setCode(failure.code().number())
            .setMessage(Optional.ofNullable(failure.getMessage()).orElse(failure.reason()))
            .addDetails(
                Any.pack(
                    ErrorInfo.newBuilder()
                        .setReason(failure.reason())
                        .setDomain(DOMAIN)
                        .putAllMetadata(failure.metadata())
                        .build()));
    if (!failure.violations().isEmpty()) {
      BadRequest.Builder bad = BadRequest.newBuilder();
      for (Failure.Violation violation : failure.violations()) {
        bad.addFieldViolationsBuilder()
            .setField(violation.field())
            .setDescription(violation.description());
      }
      status.addDetails(Any.pack(bad.build()));
    }
    if (failure.reason().equals(QUOTA_EXCEEDED)) {
      status.addDetails(Any.pack(quota(failure)));
    }
    failure
        .retryAfter()
        .ifPresent(delay ->
            status.addDetails(
                Any.pack(
                    RetryInfo.newBuilder()
                        .setRetryDelay(
                            com.google.protobuf.Duration.newBuilder()
                                .setSeconds(delay.getSeconds())
                                .setNanos(delay.getNano()))
                        .build())));
    return status.build();
  }

  /** Whose limit it is and what it says. */
  private static QuotaFailure quota(Failure failure) {
    QuotaFailure.Builder quota = QuotaFailure.newBuilder();
    quota
        .addViolationsBuilder()
        .setSubject(failure.metadata().getOrDefault("subject", ""))
        .setDescription(Optional.ofNullable(failure.getMessage()).orElse(failure.reason()));
    return quota.build();
  }

  /** What another service said, as a failure of ours; reason, message and time to wait are kept. */
  public static Failure fromStatus(Throwable thrown) {
    if (thrown instanceof Failure failure) {
      return failure;
    }
    Status status = StatusProto.fromThrowable(thrown);
    if (status == null) {
      return Failure.of(Failure.Code.INTERNAL, "INTERNAL", String.valueOf(thrown.getMessage()))
          .causedBy(thrown);
    }
    Failure failure =
        Failure.of(codeOf(status.getCode()), reasonOf(status), status.getMessage())
            .causedBy(thrown);
    return retryOf(status).map(failure::retryAfter).orElse(failure);
  }

  private static Optional<Duration> retryOf(Status status) {
    for (Any detail : status.getDetailsList()) {
      if (detail.is(RetryInfo.class)) {
        try {
          var delay = detail.unpack(RetryInfo.class).getRetryDelay();
          return Optional.of(Duration.ofSeconds(delay.getSeconds(), delay.getNanos()));
        } catch (InvalidProtocolBufferException damaged) {
          return Optional.empty();
        }
      }
    }
    return Optional.empty();
  }

  private static Failure.Code codeOf(int number) {
    for (Failure.Code code : Failure.Code.values()) {
      if (code.number() == number) {
        return code;
      }
    }
    return Failure.Code.INTERNAL;
  }

  private static String reasonOf(Status status) {
    for (Any detail : status.getDetailsList()) {
      if (detail.is(ErrorInfo.class)) {
        try {
          return detail.unpack(ErrorInfo.class).getReason();
        } catch (com.google.protobuf.InvalidProtocolBufferException e) {
          return "INTERNAL";
        }
      }
    }
    return status.getCode() == Failure.Code.UNAVAILABLE.number() ? "UNAVAILABLE" : "INTERNAL";
  }
}
