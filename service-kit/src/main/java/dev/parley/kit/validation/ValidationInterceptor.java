package dev.parley.kit.validation;

import build.buf.protovalidate.ValidationResult;
import build.buf.protovalidate.Validator;
import build.buf.protovalidate.ValidatorFactory;
import build.buf.protovalidate.exceptions.ValidationException;
import com.google.protobuf.Message;
import dev.parley.kit.failure.Failure;
import dev.parley.kit.failure.Failures;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.StatusRuntimeException;
import java.util.List;

/**
 * Holds every request to the rules in its contract, and lets no text with U+0000 pass. A message
 * that breaks one ends the call with INVALID_ARGUMENT and a {@code BadRequest} that names each
 * field, its value's rule and what was expected.
 */
public final class ValidationInterceptor implements ServerInterceptor {
  private final Validator validator = ValidatorFactory.newBuilder().build();

  @Override
  public <Q, S> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, S> call, Metadata headers, ServerCallHandler<Q, S> next) {
    return new SimpleForwardingServerCallListener<>(next.startCall(call, headers)) {
      private boolean refused;

      @Override
      public void onMessage(Q message) {
        if (refused) {
          return;
        }
        try {
          check((Message) message);
        } catch (Failure failure) {
          refused = true;
          StatusRuntimeException status = Failures.toStatus(failure);
          call.close(status.getStatus(), status.getTrailers());
          super.onCancel();
          return;
        }
        super.onMessage(message);
      }

      @Override
      public void onHalfClose() {
        if (!refused) {
          super.onHalfClose();
        }
      }
    };
  }

  /**
   * Checks one message.
   *
   * @throws Failure INVALID_ARGUMENT with every field that broke a rule
   */
  public void check(Message message) {
    ZeroCharacters.find(message).ifPresent(ValidationInterceptor::refuse);
    ValidationResult result = validate(message);
    if (result.isSuccess()) {
      return;
    }
    List<Failure.Violation> violations =
        result.toProto().getViolationsList().stream()
            .map(v -> new Failure.Violation(path(v), v.getMessage()))
            .toList();
    Failure.Violation first = violations.getFirst();
    throw Failure.of(
            Failure.Code.INVALID_ARGUMENT,
            "INVALID_ARGUMENT",
            first.field() + ": " + first.description())
        .violating(violations);
  }

  private static void refuse(String field) {
    String why = "has the character U+0000 (expected text without it)";
    throw Failure.of(Failure.Code.INVALID_ARGUMENT, "INVALID_ARGUMENT", field + ": " + why)
        .violating(List.of(new Failure.Violation(field, why)));
  }

  private ValidationResult validate(Message message) {
    try {
      return validator.validate(message);
    } catch (ValidationException e) {
      throw new IllegalStateException("a rule of the contract is wrong", e);
    }
  }

  private static String path(build.buf.validate.Violation violation) {
    StringBuilder path = new StringBuilder();
    for (build.buf.validate.FieldPathElement element : violation.getField().getElementsList()) {
      if (!path.isEmpty()) {
        path.append('.');
      }
      path.append(element.getFieldName());
      if (element.hasIndex()) {
        path.append('[').append(element.getIndex()).append(']');
      }
    }
    return path.toString();
  }
}
