package dev.parley.orchestrator.conversation;

import java.time.Duration;

/**
 * How sessions behave.
 *
 * @param lead how far media may be ahead of the loudspeaker
 * @param recallDeadline memory that comes later is left out
 * @param searchDeadline passages that come later are left out
 * @param firstTokenDeadline a thinker that says nothing for so long has failed
 * @param voiceDeadline a voice that brings nothing for so long has failed
 * @param readDeadline a client that reads nothing for so long is let go
 * @param lingering a session that nobody is attached to is unloaded after so long
 * @param uncertainBelow confidence of a transcript below which the character asks back
 */
public record SessionSettings(
    Duration lead,
    Duration recallDeadline,
    Duration searchDeadline,
    Duration firstTokenDeadline,
    Duration voiceDeadline,
    Duration readDeadline,
    Duration lingering,
    float uncertainBelow,
    SessionLog.Window window) {
  /**
   * What holds where nothing else is said; 8 MiB or 60 s of media (128 KiB where it was delivered),
   * 5 minutes of the rest.
   */
  public static final SessionSettings DEFAULTS =
      new SessionSettings(
          Duration.ofMillis(300),
          Duration.ofMillis(250),
          Duration.ofMillis(250),
          Duration.ofSeconds(20),
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofMinutes(2),
          0.5f,
          new SessionLog.Window(
              8 << 20,
              128 << 10,
              Duration.ofSeconds(60).toNanos(),
              8192,
              Duration.ofMinutes(5).toNanos()));

  /** The same with so much time for memory and for documents. */
  public SessionSettings gathering(Duration recall, Duration search) {
    return new SessionSettings(
        lead,
        recall,
        search,
        firstTokenDeadline,
        voiceDeadline,
        readDeadline,
        lingering,
        uncertainBelow,
        window);
  }

  /** The same with media at most so far ahead. */
  public SessionSettings ahead(Duration newLead) {
    return new SessionSettings(
        newLead,
        recallDeadline,
        searchDeadline,
        firstTokenDeadline,
        voiceDeadline,
        readDeadline,
        lingering,
        uncertainBelow,
        window);
  }
}
