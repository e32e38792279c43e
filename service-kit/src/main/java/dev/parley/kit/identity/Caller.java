package dev.parley.kit.identity;

import dev.parley.kit.ids.Ids;
import dev.parley.type.v1.Permission;
import dev.parley.type.v1.Role;
import io.grpc.Context;
import io.grpc.Metadata;
import java.util.Optional;

/**
 * Who calls and under which request id: read from the gRPC context, set by the interceptors.
 *
 * @param identity who it proved to be, and what it may do
 * @param requestId the same in all calls below one request
 * @param outside whether a client calls, through an edge or a public door, and no service of ours
 */
public record Caller(Identity identity, String requestId, boolean outside) {
  private static final Context.Key<Caller> KEY = Context.key("parley-caller");

  /** Headers of calls between our services; an edge lets none of them in. */
  public static final Metadata.Key<String> ORGANISATION = header("parley-organisation");

  public static final Metadata.Key<String> PERSON = header("parley-person");

  /** Edges set it to {@link #OUTSIDE} on what they pass on. */
  public static final Metadata.Key<String> DOOR = header("parley-door");

  /** Of a call that a client made. */
  public static final String OUTSIDE = "outside";

  public static final Metadata.Key<String> REQUEST_ID = header("x-request-id");

  /** One of our services that acts for an owner; {@code outside} as of the record. */
  public Caller(Owner owner, String requestId, boolean outside) {
    this(Identity.service(owner), requestId, outside);
  }

  /** The caller of the current call; a local one outside any call. */
  public static Caller current() {
    return known().orElseGet(() -> new Caller(Owner.LOCAL, Ids.next(), false));
  }

  /** The caller of the current call; empty outside any call. */
  public static Optional<Caller> known() {
    return Optional.ofNullable(KEY.get());
  }

  /** Whose data it is about. */
  public Owner owner() {
    return identity.owner();
  }

  /** What the caller is in the organisation. */
  public Role role() {
    return identity.role();
  }

  /** How it was proved who calls. */
  public Credential credential() {
    return identity.credential();
  }

  /** Whether the caller may do that. */
  public boolean may(Permission permission) {
    return identity.permissions().contains(permission);
  }

  /** A context in which this is the caller. */
  public Context attachTo(Context context) {
    return context.withValue(KEY, this);
  }

  private static Metadata.Key<String> header(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }
}
