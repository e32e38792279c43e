package dev.parley.kit.host;

import dev.parley.kit.audit.AuditTrail;
import dev.parley.kit.metering.Metering;

/**
 * Who keeps the books of calls from outside.
 *
 * @param metering lets them in as far as limits and plans allow
 * @param trail is told what was done
 */
public record Books(Metering metering, AuditTrail trail) {
  /** Nobody: everything is let in, and nothing written down. */
  public static final Books NONE = new Books(Metering.NONE, AuditTrail.NONE);
}
