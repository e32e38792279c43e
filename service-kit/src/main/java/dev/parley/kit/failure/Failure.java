package dev.parley.kit.failure;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An error with a cause that a caller can act on. Thrown where the cause is known; one interceptor
 * turns it into a {@code google.rpc.Status} with one {@code ErrorInfo}.
 *
 * <p>The message shows value and expectation: {@code sample_rate_hz: 7000 (expected 8000 to
 * 48000)}. The reason is a name of {@code parley.type.v1.Reason} without its prefix.
 */
public final class Failure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Canonical codes, numbered as in {@code google.rpc.Code}. */
  public enum Code {
    /** The caller gave up. */
    CANCELLED(1),
    /** The request is wrong whatever the state. */
    INVALID_ARGUMENT(3),
    /** It took too long. */
    DEADLINE_EXCEEDED(4),
    /** There is no such thing. */
    NOT_FOUND(5),
    /** There is such a thing already. */
    ALREADY_EXISTS(6),
    /** The caller may not. */
    PERMISSION_DENIED(7),
    /** A limit is reached. */
    RESOURCE_EXHAUSTED(8),
    /** The state does not allow it. */
    FAILED_PRECONDITION(9),
    /** Somebody was faster. */
    ABORTED(10),
    /** What was asked for is no longer kept. */
    OUT_OF_RANGE(11),
    /** A fault of ours. */
    INTERNAL(13),
    /** Not now; try again. */
    UNAVAILABLE(14),
    /** Nobody said who it is. */
    UNAUTHENTICATED(16);

    private final int number;

    Code(int number) {
      this.number = number;
    }

    /** The number in {@code google.rpc.Code}. */
    public int number() {
      return number;
    }
  }

  /** A field of the request that broke a rule. */
  public record Violation(String field, String description) {}

  private final Code code;
  private final String reason;
  private final transient Map<String, String> metadata;
  private final transient List<Violation> violations;
  private final transient Optional<Duration> retryAfter;

  private Failure(
      Code code,
      String reason,
      String message,
      Map<String, String> metadata,
      List<Violation> violations,
      Optional<Duration> retryAfter,
      Throwable cause) {
    super(message, cause);
    this.code = code;
    this.reason = reason;
    this.metadata = metadata;
    this.violations = violations;
    this.retryAfter = retryAfter;
  }

  /** A failure with a code, a reason and a message that shows value and expectation. */
  public static Failure of(Code code, String reason, String message) {
    return new Failure(code, reason, message, Map.of(), List.of(), Optional.empty(), null);
  }

  /** A request that is wrong in one field. */
  public static Failure invalid(String field, String description) {
    return new Failure(
        Code.INVALID_ARGUMENT,
        "INVALID_ARGUMENT",
        field + ": " + description,
        Map.of(),
        List.of(new Violation(field, description)),
        Optional.empty(),
        null);
  }

  /** There is no {@code thing} with that id; the reason is {@code THING_NOT_FOUND}. */
  public static Failure notFound(String thing, String id) {
    String reason = thing.toUpperCase(java.util.Locale.ROOT) + "_NOT_FOUND";
    return of(Code.NOT_FOUND, reason, "no " + thing + " with id \"" + shorten(id) + "\"");
  }

  /** A part that is not there now; the caller may try again after {@code retryAfter}. */
  public static Failure unavailable(String message, Duration retryAfter) {
    return new Failure(
        Code.UNAVAILABLE,
        "UNAVAILABLE",
        message,
        Map.of(),
        List.of(),
        Optional.of(retryAfter),
        null);
  }

  /** The same failure with one more fact for programs. */
  public Failure with(String key, String value) {
    Map<String, String> more = new LinkedHashMap<>(metadata);
    more.put(key, value);
    return copy(Map.copyOf(more), violations, retryAfter, getCause());
  }

  /** The same failure with its cause. */
  public Failure causedBy(Throwable cause) {
    return copy(metadata, violations, retryAfter, cause);
  }

  /** The same failure with the fields that broke rules. */
  public Failure violating(List<Violation> fields) {
    return copy(metadata, List.copyOf(fields), retryAfter, getCause());
  }

  /** The same failure, worth trying again after a while. */
  public Failure retryAfter(Duration delay) {
    return copy(metadata, violations, Optional.of(delay), getCause());
  }

  private Failure copy(
      Map<String, String> facts, List<Violation> fields, Optional<Duration> retry, Throwable why) {
    return new Failure(code, reason, getMessage(), facts, fields, retry, why);
  }

  /** Canonical code. */
  public Code code() {
    return code;
  }

  /** A name of {@code parley.type.v1.Reason} without prefix. */
  public String reason() {
    return reason;
  }

  /** Facts for programs. */
  public Map<String, String> metadata() {
    return metadata;
  }

  /** Fields that broke rules. */
  public List<Violation> violations() {
    return violations;
  }

  /** When to try again. */
  public Optional<Duration> retryAfter() {
    return retryAfter;
  }

  private static String shorten(String value) {
    return value.length() <= 64 ? value : value.substring(0, 61) + "...";
  }
}
