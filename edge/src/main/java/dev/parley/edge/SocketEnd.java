package dev.parley.edge;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import com.linecorp.armeria.common.websocket.WebSocketCloseStatus;
import dev.parley.conversation.v1.Problem;
import dev.parley.type.v1.Reason;
import java.nio.charset.StandardCharsets;

/**
 * How a failed conversation ends on a WebSocket: a last {@link Problem}, then a close code of 4000
 * plus the canonical code with the reason's name and message.
 */
record SocketEnd(Problem problem, WebSocketCloseStatus code, String reason) {
  private static final int FIRST_PRIVATE_CODE = 4000;

  /** A control frame holds 125 bytes, two of them the code. */
  private static final int MAX_REASON_BYTES = 123;

  static SocketEnd of(Status status) {
    String name = reasonOf(status);
    Problem problem =
        Problem.newBuilder().setReason(valueOf(name)).setMessage(status.getMessage()).build();
    String text = cut(name + ": " + status.getMessage());
    int code = FIRST_PRIVATE_CODE + status.getCode();
    return new SocketEnd(problem, WebSocketCloseStatus.ofPrivateUse(code, text), text);
  }

  private static String reasonOf(Status status) {
    for (Any detail : status.getDetailsList()) {
      try {
        if (detail.is(ErrorInfo.class)) {
          return detail.unpack(ErrorInfo.class).getReason();
        }
      } catch (InvalidProtocolBufferException broken) {
        return "INTERNAL";
      }
    }
    return status.getCode() == com.google.rpc.Code.UNAVAILABLE_VALUE ? "UNAVAILABLE" : "INTERNAL";
  }

  private static Reason valueOf(String name) {
    for (Reason reason : Reason.values()) {
      if (reason.name().equals("REASON_" + name)) {
        return reason;
      }
    }
    return Reason.REASON_INTERNAL;
  }

  private static String cut(String text) {
    String cut = text;
    while (cut.getBytes(StandardCharsets.UTF_8).length > MAX_REASON_BYTES) {
      cut = cut.substring(0, cut.offsetByCodePoints(cut.length(), -1));
    }
    return cut;
  }
}
