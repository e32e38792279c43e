package dev.parley.orchestrator.conversation;

import java.time.Duration;

/**
 * How sessions behave.
 *
 * @param pacing how media goes out
 * @param recallDeadline memory that comes later is left out
 * @param searchDeadline passages that come later are left out
 * @param firstTokenDeadline a thinker that says nothing for so long has failed
 * @param voiceDeadline a voice that brings nothing for so long has failed
 * @param readDeadline a client that reads nothing for so long is let go
 * @param lingering a session that nobody is attached to is unloaded after so long
 * @param uncertainBelow confidence of a transcript below which the character asks back
 */
public record SessionSettings(
    Pacing pacing,
    Duration recallDeadline,
    Duration searchDeadline,
    Duration firstTokenDeadline,
    Duration voiceDeadline,
    Duration readDeadline,
    Duration lingering,
    float uncertainBelow,
    SessionLog.Window window) {

  /**
   * How media goes out.
   *
   * @param lead it ends at most so far ahead of the loudspeaker
   * @param step all of it that begins in one step of its clock goes out together, at most so much
   *     voice in a piece: fewer and larger events cost less at every hand they pass
   */
  public record Pacing(Duration lead, Duration step) {
    /** Five pieces of voice in half a second, 200 to 300 ms ahead. */
    public static final Pacing DEFAULT = new Pacing(Duration.ofMillis(300), Duration.ofMillis(100));
  }

  /**
   * What holds where nothing else is said; 8 MiB or 60 s of media (128 KiB where it was delivered),
   * 5 minutes of the rest.
   */
  public static final SessionSettings DEFAULTS =
      new SessionSettings(
          Pacing.DEFAULT,
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
        pacing,
        recall,
        search,
        firstTokenDeadline,
        voiceDeadline,
        readDeadline,
        lingering,
        uncertainBelow,
        window);
  }

  /** The same with another pace. */
  public SessionSettings paced(Pacing other) {
    return new SessionSettings(
        other,
        recallDeadline,
        searchDeadline,
        firstTokenDeadline,
        voiceDeadline,
        readDeadline,
        lingering,
        uncertainBelow,
        window);
  }

  /** The same for readers who may stand still for so long, and with so much to read again. */
  public SessionSettings reading(Duration deadline, SessionLog.Window held) {
    return new SessionSettings(
        pacing,
        recallDeadline,
        searchDeadline,
        firstTokenDeadline,
        voiceDeadline,
        deadline,
        lingering,
        uncertainBelow,
        held);
  }
}
