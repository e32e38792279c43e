package dev.parley.orchestrator.identity;

/** What proved who somebody is. */
public enum CredentialKind {
  /** A sign-in, by its access token. */
  SIGN_IN,
  /** A program's key. */
  SECRET_KEY,
  /** A page's key, which is public. */
  WIDGET_KEY,
  /** A ticket for one WebSocket. */
  TICKET,
  /** None was needed: the machine's own owner, on loopback. */
  LOCAL
}
