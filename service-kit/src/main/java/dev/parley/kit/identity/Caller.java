package dev.parley.kit.identity;

import dev.parley.kit.ids.Ids;
import io.grpc.Context;
import io.grpc.Metadata;

/**
 * Who calls and under which request id: read from the gRPC context, set by the interceptors.
 *
 * @param owner whose data it is about
 * @param requestId the same in all calls below one request
 * @param outside whether a client calls, through an edge or a public door, and no service of ours
 */
public record Caller(Owner owner, String requestId, boolean outside) {
  private static final Context.Key<Caller> KEY = Context.key("parley-caller");
  static final Metadata.Key<String> ORGANISATION = header("parley-organisation");
  static final Metadata.Key<String> PERSON = header("parley-person");

  /** Edges set it to {@link #OUTSIDE} on what they pass on. */
  static final Metadata.Key<String> DOOR = header("parley-door");

  /** Of a call that a client made. */
  static final String OUTSIDE = "outside";

  static final Metadata.Key<String> REQUEST_ID = header("x-request-id");

  /** The caller of the current call; a local one outside any call. */
  public static Caller current() {
    Caller caller = KEY.get();
    return caller == null ? new Caller(Owner.LOCAL, Ids.next(), false) : caller;
  }

  /** A context in which this is the caller. */
  public Context attachTo(Context context) {
    return context.withValue(KEY, this);
  }

  private static Metadata.Key<String> header(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }
}
