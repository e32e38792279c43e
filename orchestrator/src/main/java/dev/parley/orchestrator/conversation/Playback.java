package dev.parley.orchestrator.conversation;

import java.util.Optional;

/**
 * A turn's media on its way to the loudspeaker: what waits for its time, what went out, what was
 * heard. The session's thread owns it.
 */
final class Playback {
  /** Voice is made so far ahead of the loudspeaker. */
  static final long MADE_AHEAD_US = 4_000_000;

  /** Less than a sample of the highest rate. */
  private static final long ROUNDED_US = 20;

  private final Lanes lanes = new Lanes();
  private final Pace pace;
  private final boolean paced;
  private final int rateHz;
  private long sentUs;
  private long firstAudioNanos = -1;

  /** Media goes out as that says; it is not held back when not paced. */
  Playback(boolean paced, SessionSettings.Pacing pacing, int rateHz) {
    this.pace = new Pace(pacing, paced);
    this.paced = paced;
    this.rateHz = rateHz;
  }

  /** Goes on where another process stopped: voice went out to there. */
  void goOn(long voicedUs, long playedUs, long now) {
    sentUs = voicedUs;
    firstAudioNanos = voicedUs > 0 ? now : -1;
    pace.goOn(voicedUs, playedUs, now);
  }

  /** Samples that follow; paced, what waits for the same step is one piece. */
  void voice(byte[] pcm, long startUs, long now) {
    pace.begin(now);
    int at = 0;
    while (at < pcm.length) {
      long fromUs = startUs + lengthUs(at);
      int end = paced ? Math.min(pcm.length, bytes(pace.stepEnd(fromUs) - startUs)) : pcm.length;
      // The difference of two times, so that each piece begins where the one before ends.
      var piece = new Event.AudioDelta(pcm, at, end - at, startUs + lengthUs(end) - fromUs);
      if (!paced || !lanes.extendVoice(it -> joined(it, fromUs, piece))) {
        lanes.add(fromUs, piece);
      }
      at = end;
    }
  }

  private Optional<Event> joined(Lanes.Item before, long fromUs, Event.AudioDelta piece) {
    boolean sameStep = pace.stepEnd(before.mediaUs()) == pace.stepEnd(fromUs);
    return before.event() instanceof Event.AudioDelta voice
            && sameStep
            && Math.abs(before.mediaUs() + voice.durationUs() - fromUs) <= ROUNDED_US
        ? Optional.of(voice.followedBy(piece, fromUs + piece.durationUs() - before.mediaUs()))
        : Optional.empty();
  }

  private long lengthUs(int bytes) {
    return bytes * 500_000L / rateHz;
  }

  /** So many bytes are that long at least. */
  private int bytes(long us) {
    return (int) Math.min(Integer.MAX_VALUE - 1, 2 * Math.ceilDiv(us * rateHz, 1_000_000L));
  }

  /** A packet of voice that goes out as it is. */
  void packet(byte[] data, long startUs, long durationUs, long now) {
    pace.begin(now);
    lanes.add(startUs, new Event.AudioDelta(data, 0, data.length, durationUs));
  }

  /** Something else that belongs to a media time. */
  void add(long mediaUs, Event event) {
    lanes.add(mediaUs, event);
  }

  /** Up to where voice should be made now, so that none is missing when its time comes. */
  long wantedUs(long now) {
    return paced ? pace.position(now) + MADE_AHEAD_US : Long.MAX_VALUE;
  }

  /** Sends what is due. */
  void release(long now, Lanes.Taker taker) {
    lanes.release(
        pace.allowedUs(now),
        (mediaUs, event) -> {
          if (event instanceof Event.AudioDelta audio) {
            sentUs = mediaUs + audio.durationUs();
            firstAudioNanos = firstAudioNanos < 0 ? now : firstAudioNanos;
          }
          taker.take(mediaUs, event);
        });
  }

  /** How long until there is something to do, in microseconds, when the voice ends at that time. */
  long waitUs(long now, long endUs) {
    if (pace.paused()) {
      return 100_000;
    }
    long head = lanes.headUs();
    return head == Long.MAX_VALUE ? endUs - pace.position(now) : pace.untilUs(head, now);
  }

  /** Whether all went out and was played, when the voice ends at that time. */
  boolean over(long now, long endUs) {
    boolean played = !paced || pace.position(now) >= endUs - 1000;
    return lanes.isEmpty() && played && !pace.paused();
  }

  /** Nothing more goes out. */
  void stop() {
    lanes.clear();
  }

  /** The person's loudspeaker is here; it cannot be further than what was sent. */
  void played(long us, long now) {
    pace.played(Math.min(us, sentUs), now);
  }

  void pause(long now) {
    pace.pause(now);
  }

  void resume(long now) {
    pace.resume(now);
  }

  /** Whether the client says what it plays. */
  boolean acknowledged() {
    return pace.acknowledged();
  }

  /** What was last reported as played; negative when nothing was. */
  long playedUs() {
    return pace.playedUs();
  }

  /**
   * Where the person is, in microseconds: as given, else as acknowledged, else as long as the voice
   * has been running; never further than what was sent.
   */
  long heardUs(long givenUs, long now) {
    if (givenUs >= 0) {
      return Math.min(givenUs, sentUs);
    }
    if (pace.acknowledged()) {
      return Math.min(pace.playedUs(), sentUs);
    }
    return paced ? Math.min(pace.position(now), sentUs) : sentUs;
  }

  /** When the first voice went out; negative before. */
  long firstAudioNanos() {
    return firstAudioNanos;
  }
}
