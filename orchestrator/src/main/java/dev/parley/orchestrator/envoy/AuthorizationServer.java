package dev.parley.orchestrator.envoy;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import com.google.protobuf.util.JsonFormat.TypeRegistry;
import com.google.rpc.ErrorDetailsProto;
import com.google.rpc.Status;
import dev.parley.kit.failure.Failure;
import dev.parley.kit.failure.Failures;
import io.envoyproxy.envoy.config.core.v3.HeaderValue;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption;
import io.envoyproxy.envoy.service.auth.v3.AttributeContext;
import io.envoyproxy.envoy.service.auth.v3.AuthorizationGrpc;
import io.envoyproxy.envoy.service.auth.v3.CheckRequest;
import io.envoyproxy.envoy.service.auth.v3.CheckResponse;
import io.envoyproxy.envoy.service.auth.v3.DeniedHttpResponse;
import io.envoyproxy.envoy.service.auth.v3.OkHttpResponse;
import io.envoyproxy.envoy.type.v3.HttpStatus;
import io.envoyproxy.envoy.type.v3.StatusCode;
import io.grpc.stub.StreamObserver;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers Envoy's {@code envoy.service.auth.v3.Authorization}: who may come in, and with which
 * token services see them. What it refuses is whole, for every kind of client: a status for gRPC,
 * the JSON of {@code google.rpc.Status} for REST. Safe for threads.
 */
public final class AuthorizationServer extends AuthorizationGrpc.AuthorizationImplBase {
  /** Whose limits hold; read by the proxy's rate limits, believed by nobody else. */
  static final String ADDRESS = "x-parley-address";

  /** The person. */
  static final String SUBJECT = "x-parley-subject";

  /** The key. */
  static final String CREDENTIAL = "x-parley-credential";

  private static final Logger LOG = LoggerFactory.getLogger(AuthorizationServer.class);
  private static final JsonFormat.Printer JSON =
      JsonFormat.printer()
          .omittingInsignificantWhitespace()
          .usingTypeRegistry(
              TypeRegistry.newBuilder()
                  .add(ErrorDetailsProto.getDescriptor().getMessageTypes())
                  .build());

  private final Door door;

  /** Asks that door. */
  public AuthorizationServer(Door door) {
    this.door = door;
  }

  @Override
  public void check(CheckRequest request, StreamObserver<CheckResponse> responses) {
    Arrival arrival = arrival(request.getAttributes());
    CheckResponse answer;
    try {
      answer = passed(arrival, door.admit(arrival));
    } catch (Failure failure) {
      answer = refused(arrival, failure);
    } catch (RuntimeException e) {
      LOG.error("{} could not be judged", arrival, e);
      answer =
          refused(
              arrival,
              Failure.of(Failure.Code.UNAVAILABLE, "UNAVAILABLE", "not there now; try again"));
    }
    responses.onNext(answer);
    responses.onCompleted();
  }

  private static Arrival arrival(AttributeContext attributes) {
    AttributeContext.HttpRequest http = attributes.getRequest().getHttp();
    boolean grpc =
        http.getHeadersOrDefault("content-type", "").startsWith("application/grpc")
            && !http.containsHeaders("x-envoy-original-method");
    return new Arrival(
        http.getPath(),
        !grpc,
        headers(http),
        attributes.getSource().getAddress().getSocketAddress().getAddress(),
        Costs.of(http.getPath(), attributes.getContextExtensionsMap()),
        Costs.isForAnybody(http.getPath()));
  }

  private static java.util.Map<String, String> headers(AttributeContext.HttpRequest http) {
    java.util.Map<String, String> headers = new java.util.HashMap<>(http.getHeadersMap());
    headers.putIfAbsent(":authority", http.getHost());
    return headers;
  }

  private CheckResponse passed(Arrival arrival, Door.Admitted admitted) {
    OkHttpResponse.Builder ok = OkHttpResponse.newBuilder();
    Claims claims = admitted.claims();
    claims.person().ifPresent(it -> ok.addHeaders(header(SUBJECT, it)));
    claims.key().ifPresent(it -> ok.addHeaders(header(CREDENTIAL, it)));
    if (!door.machine() || arrival.shows()) {
      ok.addHeaders(header(ADDRESS, arrival.address()));
    }
    admitted.token().ifPresent(it -> replace(ok, arrival, it));
    return CheckResponse.newBuilder().setStatus(Status.newBuilder()).setOkResponse(ok).build();
  }

  /** The request as a service may see it: with the token in the place of what was shown. */
  private static void replace(OkHttpResponse.Builder ok, Arrival arrival, String token) {
    ok.addHeaders(header(Arrival.AUTHORIZATION, "Bearer " + token));
    ok.addHeadersToRemove(Arrival.API_KEY);
    if (!arrival.tickets().isEmpty()) {
      String left = arrival.otherProtocols();
      if (left.isEmpty()) {
        ok.addHeadersToRemove(Arrival.PROTOCOLS);
      } else {
        ok.addHeaders(header(Arrival.PROTOCOLS, left));
      }
    }
  }

  /** Only the HTTP status counts for Envoy; gRPC clients get theirs by headers. */
  private static CheckResponse refused(Arrival arrival, Failure failure) {
    Status status = Failures.toProto(failure);
    DeniedHttpResponse.Builder denied =
        DeniedHttpResponse.newBuilder()
            .setStatus(HttpStatus.newBuilder().setCode(http(failure.code())));
    if (arrival.rest()) {
      denied.setBody(json(status)).addHeaders(header("content-type", "application/json"));
      if (failure.code() == Failure.Code.UNAUTHENTICATED) {
        denied.addHeaders(header("www-authenticate", challenge(failure)));
      }
    } else {
      denied
          .setBody(status.getMessage())
          .addHeaders(header("grpc-status", Integer.toString(status.getCode())))
          .addHeaders(header("grpc-message", encoded(status.getMessage())))
          .addHeaders(
              header(
                  "grpc-status-details-bin",
                  Base64.getEncoder().withoutPadding().encodeToString(status.toByteArray())));
    }
    return CheckResponse.newBuilder()
        .setStatus(Status.newBuilder().setCode(status.getCode()))
        .setDeniedResponse(denied)
        .build();
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

  /** RFC 6750, section 3. */
  private static String challenge(Failure failure) {
    return failure.reason().equals("TOKEN_INVALID")
        ? "Bearer realm=\"parley\", error=\"invalid_token\""
        : "Bearer realm=\"parley\"";
  }

  private static String json(Status status) {
    try {
      return JSON.print(status);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }

  private static StatusCode http(Failure.Code code) {
    return switch (code) {
      case UNAUTHENTICATED -> StatusCode.Unauthorized;
      case PERMISSION_DENIED -> StatusCode.Forbidden;
      case RESOURCE_EXHAUSTED -> StatusCode.TooManyRequests;
      case INVALID_ARGUMENT, FAILED_PRECONDITION, OUT_OF_RANGE -> StatusCode.BadRequest;
      case NOT_FOUND -> StatusCode.NotFound;
      case INTERNAL -> StatusCode.InternalServerError;
      default -> StatusCode.ServiceUnavailable;
    };
  }

  private static HeaderValueOption header(String name, String value) {
    return HeaderValueOption.newBuilder()
        .setHeader(HeaderValue.newBuilder().setKey(name).setValue(value))
        .setAppendAction(HeaderValueOption.HeaderAppendAction.OVERWRITE_IF_EXISTS_OR_ADD)
        .build();
  }
}
