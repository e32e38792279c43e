package dev.parley.orchestrator.identity;

import java.time.Duration;

/**
 * What an operator chooses.
 *
 * @param passwords whether people may sign in by password
 * @param accessLifetime of access tokens
 * @param refreshLifetime of a sign-in since it was last refreshed
 */
public record IdentityRules(
    SignUpRule signUp, boolean passwords, Duration accessLifetime, Duration refreshLifetime) {

  /** Who may sign up. */
  public enum SignUpRule {
    /** Anybody. */
    OPEN,
    /** Who was invited. */
    INVITED,
    /** Nobody. */
    CLOSED
  }
}
