package dev.parley.client;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.QuotaFailure;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What Parley refused or could not do: a code, one reason, and what helps to mend it. */
public final class ParleyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A field that broke a rule of the contract. */
  public record Violation(String field, String description) {}

  private final transient Status status;

  private ParleyException(Status status, Throwable cause) {
    super(status.getMessage(), cause);
    this.status = status;
  }

  static ParleyException of(Status status) {
    return new ParleyException(status, null);
  }

  /** A failure of the way itself, which a conversation survives. */
  static ParleyException unavailable(String message, Throwable cause) {
    Status status = Status.newBuilder().setCode(Code.UNAVAILABLE_VALUE).setMessage(message).build();
    return new ParleyException(status, cause);
  }

  static ParleyException of(int code, String reason, String message) {
    ErrorInfo info = ErrorInfo.newBuilder().setReason(reason).setDomain("parley.dev").build();
    return of(
        Status.newBuilder().setCode(code).setMessage(message).addDetails(Any.pack(info)).build());
  }

  /** The canonical code. */
  public Code code() {
    return Optional.ofNullable(Code.forNumber(status.getCode())).orElse(Code.UNKNOWN);
  }

  /**
   * A name of {@code parley.type.v1.Reason} without its prefix; empty when the server said none.
   */
  public String reason() {
    return detail(ErrorInfo.class).map(ErrorInfo::getReason).orElse("");
  }

  /** Fields that broke a rule. */
  public List<Violation> violations() {
    return detail(BadRequest.class).stream()
        .flatMap(bad -> bad.getFieldViolationsList().stream())
        .map(v -> new Violation(v.getField(), v.getDescription()))
        .toList();
  }

  /** After how long it is worth trying again. */
  public Optional<Duration> retryAfter() {
    return detail(RetryInfo.class)
        .map(RetryInfo::getRetryDelay)
        .map(d -> Duration.ofSeconds(d.getSeconds(), d.getNanos()));
  }

  /** Which quota is used up. */
  public Optional<QuotaFailure> quota() {
    return detail(QuotaFailure.class);
  }

  /** Whether the same conversation may be taken up again: a proxy that cuts says INTERNAL. */
  public boolean resumable() {
    return code() == Code.UNAVAILABLE || (code() == Code.INTERNAL && reason().isEmpty());
  }

  private <T extends com.google.protobuf.Message> Optional<T> detail(Class<T> type) {
    for (Any detail : status.getDetailsList()) {
      try {
        if (detail.is(type)) {
          return Optional.of(detail.unpack(type));
        }
      } catch (InvalidProtocolBufferException broken) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  @Override
  public String toString() {
    return code() + (reason().isEmpty() ? "" : " " + reason()) + ": " + getMessage();
  }
}
