package dev.parley.orchestrator.identity;

/** Turns passwords into hashes that are slow to guess at. Safe for threads. */
public interface PasswordHash {
  /** The hash with its own salt, and the parameters in it. */
  String hash(String password);

  /** A hash that no password is known to fit; making it costs nothing, comparing as ever. */
  String nobodys();

  /** Whether the password is the one of that hash; takes as long when it is not. */
  boolean fits(String password, String hash);

  /** Whether the hash was made with weaker parameters than are used now. */
  boolean isOutdated(String hash);
}
