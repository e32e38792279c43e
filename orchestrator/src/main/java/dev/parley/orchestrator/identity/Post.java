package dev.parley.orchestrator.identity;

/** Brings letters to people. Safe for threads. */
public interface Post {
  /** A letter in plain text. */
  record Letter(String to, String subject, String text) {}

  /** Whether letters go to whom they are for, and not to the operator. */
  boolean delivers();

  /** Sends it; blocks until it is handed over. Fails with UNAVAILABLE. */
  void send(Letter letter);
}
