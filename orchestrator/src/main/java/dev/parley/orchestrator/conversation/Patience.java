package dev.parley.orchestrator.conversation;

import java.time.Duration;

/** How long a turn waits for its stages, in nanoseconds of one clock. Not thread-safe. */
final class Patience {
  private static final long FACE_GRACE = Duration.ofMillis(1500).toNanos();
  private static final long FACE_MUST_FOLLOW = Duration.ofSeconds(3).toNanos();
  private static final long FILM_MUST_FOLLOW = Duration.ofSeconds(10).toNanos();
  private static final long NEVER = Long.MIN_VALUE;
  private final SessionSettings settings;
  private long lastProgress;
  private long voiceEnded = Long.MAX_VALUE;
  private long lastFace = NEVER;

  Patience(SessionSettings settings, long now) {
    this.settings = settings;
    this.lastProgress = now;
  }

  /** Something came. */
  void progress(long now) {
    lastProgress = now;
  }

  /** All is spoken; the face has a little more time. */
  void voiceEnded(long now) {
    voiceEnded = now;
  }

  boolean thoughtLate(long now) {
    return now - lastProgress > settings.firstTokenDeadline().toNanos();
  }

  boolean voiceLate(long now) {
    return now - lastProgress > settings.voiceDeadline().toNanos();
  }

  /** A part of the face came. */
  void faceProgress(long now) {
    lastFace = now;
  }

  /**
   * Whether a voice that began then should have had a face for long; negative is no voice yet. A
   * film is given the time that reading a face for the first time takes.
   */
  boolean faceMissing(long voiceBegan, long now, boolean film) {
    return voiceBegan >= 0 && now - voiceBegan > (film ? FILM_MUST_FOLLOW : FACE_MUST_FOLLOW);
  }

  /** Whether nothing more comes of a face after the voice ended; one that is slow goes on. */
  boolean faceLate(long now, boolean film) {
    long grace = film && lastFace == NEVER ? FILM_MUST_FOLLOW : FACE_GRACE;
    return voiceEnded != Long.MAX_VALUE && now - Math.max(voiceEnded, lastFace) > grace;
  }
}
