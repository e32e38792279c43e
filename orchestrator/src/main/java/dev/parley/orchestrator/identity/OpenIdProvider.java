package dev.parley.orchestrator.identity;

/**
 * Somebody else who knows who people are (OpenID Connect Core 1.0, authorisation code with PKCE,
 * RFC 7636). Safe for threads.
 */
public interface OpenIdProvider {
  /** What one attempt is known by; the verifier never leaves the server. */
  record Attempt(String state, String nonce, String verifier, String redirectUri) {}

  /**
   * Whom it vouches for.
   *
   * @param subject never changes
   * @param email empty when not told
   * @param emailVerified whether it is known to be the person's
   */
  record Vouched(String subject, String email, boolean emailVerified, String displayName) {}

  /** Such as {@code google}. */
  String id();

  /** As shown. */
  String displayName();

  /** Where to send the browser. Fails with UNAVAILABLE while the provider is not there. */
  String authorisationUri(Attempt attempt);

  /** Whom the code is for. Fails with SIGN_IN_FAILED, or UNAVAILABLE. */
  Vouched redeem(Attempt attempt, String code);
}
