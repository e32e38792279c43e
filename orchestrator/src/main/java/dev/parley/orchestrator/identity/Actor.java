package dev.parley.orchestrator.identity;

import dev.parley.kit.failure.Failure;

/**
 * Who does something, where, and what it is there.
 *
 * @param personId or the id of a service account
 * @param signInId the sign-in or key that it uses; empty for the owner of the machine
 */
public record Actor(String personId, String organisationId, Role role, String signInId) {

  /** Fails with PERMISSION_DENIED unless this one may give or take that role. */
  void requireRole(Role wanted) {
    if (!role.atLeast(wanted)) {
      throw Failure.of(
          Failure.Code.PERMISSION_DENIED,
          "PERMISSION_DENIED",
          "role: " + wanted + " (expected at most your own, " + role + ")");
    }
  }
}
