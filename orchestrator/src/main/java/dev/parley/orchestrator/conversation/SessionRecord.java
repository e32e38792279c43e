package dev.parley.orchestrator.conversation;

import dev.parley.kit.identity.Owner;
import java.time.Instant;

/**
 * A session as it is kept.
 *
 * @param title first words of it, at most 80 characters; empty until there are some
 * @param resumeToken proves that a returning client belongs here
 * @param requestId of the call that opened it, empty when it had none; unique per owner otherwise
 * @param settings formats as negotiated, in a form only the session's own code reads
 * @param turnCount number of turns that ended
 * @param ended whether it is over for good
 */
public record SessionRecord(
    String id,
    Owner owner,
    String characterId,
    String title,
    String language,
    String resumeToken,
    String requestId,
    String settings,
    Instant createTime,
    Instant updateTime,
    int turnCount,
    boolean ended) {

  /** Where the session's log and lease are. */
  public String place() {
    return place(owner, id);
  }

  /**
   * Where the log and the lease of a session are: its organisation and its id, so that nobody finds
   * them by an id alone.
   */
  public static String place(Owner owner, String id) {
    return place(owner.organisationId(), id);
  }

  /** The same of an organisation's session. */
  public static String place(String organisationId, String id) {
    return organisationId + "/" + id;
  }

  /** How the keys of a session's media begin. */
  public static String media(Owner owner, String id) {
    return "sessions/" + place(owner, id) + "/";
  }
}
