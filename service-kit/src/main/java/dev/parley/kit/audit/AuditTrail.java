package dev.parley.kit.audit;

import java.time.Instant;

/** Where is kept what was done. Thread-safe; never blocks and never fails. */
@FunctionalInterface
public interface AuditTrail {
  /** Keeps nothing. */
  AuditTrail NONE = _ -> {};

  /** Takes what happened. */
  void add(Happening happening);

  /**
   * A call that changed something, tried to, or was refused; its texts are made {@link Keepable}.
   *
   * @param organisationId in which; empty where nobody is known to have called
   * @param personId who; empty for nobody
   * @param action the method, as {@code parley.identity.v1.KeyService/CreateApiKey}
   * @param targetKind of what it was done to, as {@code api_key}; empty where that is not said
   * @param targetId its id
   * @param outcome {@code done}, or the reason why not
   */
  record Happening(
      Instant time,
      String organisationId,
      String personId,
      String action,
      String targetKind,
      String targetId,
      String outcome,
      String requestId) {
    /** With texts that can be sent on and kept. */
    public Happening {
      organisationId = Keepable.text(organisationId);
      personId = Keepable.text(personId);
      action = Keepable.text(action);
      targetKind = Keepable.text(targetKind);
      targetId = Keepable.text(targetId);
      outcome = Keepable.text(outcome);
      requestId = Keepable.text(requestId);
    }
  }
}
