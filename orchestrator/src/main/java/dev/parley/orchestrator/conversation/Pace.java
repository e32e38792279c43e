package dev.parley.orchestrator.conversation;

/**
 * How far media may go out: at most the lead ahead of what was played, or of the wall clock where
 * no acks come, in whole steps. Times are nanoseconds of one monotonic clock and microseconds of
 * the turn's media clock. Not thread-safe.
 */
public final class Pace {
  private static final long ACK_SILENCE_NANOS = 3_000_000_000L;
  private static final long EXTRAPOLATE_US = 500_000;
  private final long leadUs;
  private final long stepUs;
  private final boolean paced;
  private boolean begun;
  private long baseNanos;
  private long baseUs;
  private long playedUs = -1;
  private long ackNanos;
  private boolean paused;

  /** Media as that says; not held back at all when not paced. */
  public Pace(SessionSettings.Pacing pacing, boolean paced) {
    this.leadUs = pacing.lead().toNanos() / 1000;
    this.stepUs = pacing.step().toNanos() / 1000;
    this.paced = paced;
  }

  /** The first media is about to go out. */
  public void begin(long nowNanos) {
    if (!begun) {
      begun = true;
      baseNanos = nowNanos;
    }
  }

  /**
   * Goes on where another process stopped: the loudspeaker has all that went out, up to there, and
   * said last that it had played so much; negative when it never said.
   */
  public void goOn(long sentUs, long lastPlayedUs, long nowNanos) {
    begun = sentUs > 0;
    baseUs = sentUs;
    baseNanos = nowNanos;
    playedUs = lastPlayedUs;
    ackNanos = nowNanos - ACK_SILENCE_NANOS;
  }

  /** The person's loudspeaker is here. Acks that go back are ignored. */
  public void played(long us, long nowNanos) {
    if (us >= playedUs) {
      playedUs = us;
      ackNanos = nowNanos;
      baseUs = us;
      baseNanos = nowNanos;
    }
  }

  /** Holds the clock. */
  public void pause(long nowNanos) {
    baseUs = position(nowNanos);
    baseNanos = nowNanos;
    paused = true;
  }

  /** Lets it run on. */
  public void resume(long nowNanos) {
    baseNanos = nowNanos;
    ackNanos = nowNanos;
    paused = false;
  }

  /** Whether it is held. */
  public boolean paused() {
    return paused;
  }

  /** Whether acks ever came. */
  public boolean acknowledged() {
    return playedUs >= 0;
  }

  /** What was last reported as played; -1 when nothing was. */
  public long playedUs() {
    return playedUs;
  }

  /** Where the loudspeaker is, as far as can be known. */
  public long position(long nowNanos) {
    if (!begun || paused) {
      return baseUs;
    }
    long elapsed = (nowNanos - baseNanos) / 1000;
    boolean acksFresh = playedUs >= 0 && nowNanos - ackNanos < ACK_SILENCE_NANOS;
    return baseUs + (acksFresh ? Math.min(elapsed, EXTRAPOLATE_US) : elapsed);
  }

  /** Media that begins before this may go out now. */
  public long allowedUs(long nowNanos) {
    if (paused) {
      return Long.MIN_VALUE;
    }
    return paced ? stepEnd(position(nowNanos) + leadUs) - stepUs : Long.MAX_VALUE;
  }

  /** How long until what begins there may go out, in microseconds; not when paused. */
  public long untilUs(long mediaUs, long nowNanos) {
    return paced ? stepEnd(mediaUs) - position(nowNanos) - leadUs : 0;
  }

  /** Where the step ends in which that time is. */
  public long stepEnd(long mediaUs) {
    return (Math.floorDiv(mediaUs, stepUs) + 1) * stepUs;
  }
}
