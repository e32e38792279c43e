package dev.parley.orchestrator.conversation;

import java.util.List;

/**
 * Who owns which session among the replicas of this service; sessions are told apart by their
 * {@linkplain SessionRecord#place() place}. An owner that shows no sign of life for a few seconds
 * has lost its sessions to whoever asks for them first; every claim has a higher token than all
 * before it, and the log refuses what comes with a lower one, so that an owner that was only slow
 * can do no harm. All times are those of the store. Thread-safe; blocks.
 *
 * <p>Fails with {@link dev.parley.kit.failure.Failure} STORE_FAILED.
 */
public interface Leases {
  /** What became of a claim. */
  sealed interface Claim {
    /** The session is ours; writes carry that token. */
    record Held(long token) implements Claim {}

    /**
     * Another replica that is alive owns it.
     *
     * @param address where its calls are taken, as {@code host:port}; empty where nobody can
     */
    record Elsewhere(String replica, String address) implements Claim {}
  }

  /** Takes a session that is free, ours already, or whose owner is dead. */
  Claim claim(String place);

  /** Takes a session from an owner that does not answer, unless somebody else was faster. */
  Claim seize(String place, Claim.Elsewhere from);

  /**
   * Lets go of a session, where that token is still the last one.
   *
   * @param goesOn whether somebody else is to go on with it at once
   */
  void release(String place, long token, boolean goesOn);

  /** Shows a sign of life; late ones cost what is owned. */
  void beat();

  /**
   * Places of sessions whose owner died or let go of them to be gone on with, in no order, at most
   * many.
   */
  List<String> orphans(int most);

  /** Nobody is here any more: what is still owned may be taken. */
  void leave();
}
