package dev.parley.orchestrator.identity;

import java.time.Instant;

/**
 * Somebody with an account.
 *
 * @param id UUIDv7, or {@code local}
 * @param email as typed; unique without regard to case; empty for the owner of the machine
 * @param language BCP 47; empty when not chosen
 */
public record Person(
    String id,
    String email,
    String displayName,
    boolean emailVerified,
    String language,
    Instant createTime) {

  /** The same with another name and language; empty leaves either. */
  public Person profile(String name, String tag) {
    return new Person(
        id,
        email,
        name.isBlank() ? displayName : name.strip(),
        emailVerified,
        tag.isBlank() ? language : tag.strip(),
        createTime);
  }
}
