package dev.parley.orchestrator.identity;

/**
 * Takes down what nobody else can tell of, because the caller is nobody yet: tries to become
 * somebody. Safe for threads; never fails.
 */
public interface AuditTrail {
  /** Takes nothing down. */
  AuditTrail NONE = (_, _, _, _) -> {};

  /**
   * Notes one thing.
   *
   * @param action such as {@code sign_in}
   * @param outcome {@code done}, or the reason why not
   */
  void note(String organisationId, String personId, String action, String outcome);
}
