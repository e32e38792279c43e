package dev.parley.edge;

import com.google.rpc.Status;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.ResponseHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A gRPC or gRPC-Web call that ends before any service saw it: all of it stands in the headers. */
final class GrpcRefusal {
  private GrpcRefusal() {}

  /** Whether that is how the client wants to be answered. */
  static boolean fits(RequestHeaders asked) {
    return asked.get(HttpHeaderNames.CONTENT_TYPE, "").startsWith("application/grpc");
  }

  static HttpResponse of(RequestHeaders asked, Status status) {
    byte[] details = status.toByteArray();
    return HttpResponse.of(
        ResponseHeaders.builder(HttpStatus.OK)
            .set(HttpHeaderNames.CONTENT_TYPE, asked.get(HttpHeaderNames.CONTENT_TYPE, ""))
            .set("grpc-status", Integer.toString(status.getCode()))
            .set("grpc-message", encoded(status.getMessage()))
            .set("grpc-status-details-bin", Base64.getEncoder().encodeToString(details))
            .endOfStream(true)
            .build());
  }

  /** As gRPC writes messages: all but printable ASCII as percent and two digits. */
  private static String encoded(String message) {
    StringBuilder text = new StringBuilder();
    for (byte b : message.getBytes(StandardCharsets.UTF_8)) {
      boolean plain = b >= ' ' && b <= '~' && b != '%';
      text.append(plain ? Character.toString(b) : String.format("%%%02X", b & 0xff));
    }
    return text.toString();
  }
}
