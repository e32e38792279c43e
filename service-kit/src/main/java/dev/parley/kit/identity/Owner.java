package dev.parley.kit.identity;

/**
 * Whose data something is: an organisation and a person in it. Taken from the caller's context,
 * never from a field of a public request.
 */
public record Owner(String organisationId, String personId) {
  /** The one owner while no account exists. */
  public static final Owner LOCAL = new Owner("local", "local");
}
