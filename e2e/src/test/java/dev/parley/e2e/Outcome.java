package dev.parley.e2e;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.util.JsonFormat;
import com.google.rpc.ErrorDetailsProto;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;

/**
 * How a call ended, or that it goes on.
 *
 * @param code of {@code google.rpc.Code}; 0 also when it answers without end
 * @param reason of the one ErrorInfo; empty when there is none
 * @param text what was answered, as far as it was read
 */
record Outcome(int code, String reason, String text) {
  private static final JsonFormat.Parser PARSER =
      JsonFormat.parser()
          .ignoringUnknownFields()
          .usingTypeRegistry(
              TypeRegistry.newBuilder()
                  .add(ErrorDetailsProto.getDescriptor().getMessageTypes())
                  .build());

  static Outcome good(String text) {
    return new Outcome(0, "", text);
  }

  static Outcome of(Status status) {
    return new Outcome(status.getCode(), reason(status), status.getMessage());
  }

  /** From the body of a REST error. */
  static Outcome refused(int http, String json) {
    Status.Builder status = Status.newBuilder();
    try {
      PARSER.merge(json, status);
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(http + " with a body that is no Status: " + json, e);
    }
    return of(status.build());
  }

  /** Whether it was not let in: nobody, or somebody who may not. */
  boolean isDenied() {
    return reason.equals("UNAUTHENTICATED")
        || reason.equals("PERMISSION_DENIED")
        || reason.equals("TOKEN_INVALID") && code == 16;
  }

  private static String reason(Status status) {
    for (Any detail : status.getDetailsList()) {
      if (detail.is(ErrorInfo.class)) {
        try {
          return detail.unpack(ErrorInfo.class).getReason();
        } catch (InvalidProtocolBufferException e) {
          throw new AssertionError(e);
        }
      }
    }
    return "";
  }
}
