package dev.parley.orchestrator.identity.audit;

import dev.parley.kit.audit.Keepable;
import java.time.Instant;

/**
 * Something that was done or refused, as it is told to the audit log; its texts are made {@link
 * Keepable} before they are hashed.
 *
 * @param organisationId in whose log it is; empty where nobody is known to have done it
 * @param actorId the person or service account; empty for nobody
 * @param action the method, as {@code parley.identity.v1.KeyService/CreateApiKey}, or a name as
 *     {@code sign_in}
 * @param targetKind of what it was done to, as {@code api_key}; empty where there is nothing
 * @param targetId of what it was done to; of a {@code person} only the pseudonym is kept
 * @param outcome {@code done}, or the reason why not
 * @param requestId of the call
 */
public record Deed(
    Instant time,
    String organisationId,
    String actorId,
    String action,
    String targetKind,
    String targetId,
    String outcome,
    String requestId) {
  /** The outcome of what succeeded. */
  public static final String DONE = "done";

  /** The kind of target that is a person. */
  public static final String PERSON = "person";

  /** With texts that can be kept. */
  public Deed {
    organisationId = Keepable.text(organisationId);
    actorId = Keepable.text(actorId);
    action = Keepable.text(action);
    targetKind = Keepable.text(targetKind);
    targetId = Keepable.text(targetId);
    outcome = Keepable.text(outcome);
    requestId = Keepable.text(requestId);
  }
}
