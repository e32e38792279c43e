package dev.parley.orchestrator.conversation;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Something the server says; the counterparts of the contract's server events. */
public sealed interface Event {
  /** The tier that carries it; TEXT for what every attachment gets. */
  default Tier tier() {
    return Tier.TEXT;
  }

  /** Size for the replay window, in bytes; only media counts. */
  default int mediaBytes() {
    return 0;
  }

  /**
   * Whether more of the same follows within moments, all of it ahead of its time or of the reader.
   */
  default boolean flows() {
    return mediaBytes() > 0;
  }

  /** The session is there. Attachments get it with their own tiers, lease and token. */
  record Started(String sessionId) implements Event {}

  /** The person began to speak. */
  record SpeechStarted(long inputTimeUs) implements Event {}

  /** The person stopped. */
  record SpeechStopped(long inputTimeUs) implements Event {}

  /** What the person said, so far or finally. */
  record Transcript(Listener.Utterance utterance, boolean last, boolean uncertain)
      implements Event {}

  /** The character begins to answer. */
  record TurnStarted(String characterId, String inputText, long seed) implements Event {}

  /** Text of the answer as it is thought. */
  record TextDelta(String text) implements Event {
    @Override
    public boolean flows() {
      return true;
    }
  }

  /** A word on the turn's clock. */
  record WordSpoken(Word word) implements Event {
    @Override
    public boolean flows() {
      return true;
    }
  }

  /** Where a sentence comes from; its media time is the sentence's start. */
  record Cited(Citation citation) implements Event {}

  /**
   * Voice: {@code length} bytes of {@code data} from {@code offset}, samples or one packet; nobody
   * changes the array.
   */
  record AudioDelta(byte[] data, int offset, int length, long durationUs) implements Event {
    /** Both in one, which is that long. */
    AudioDelta followedBy(AudioDelta next, long bothUs) {
      int both = length + next.length;
      byte[] joined = Arrays.copyOfRange(data, offset, offset + both);
      System.arraycopy(next.data, next.offset, joined, length, next.length);
      return new AudioDelta(joined, 0, both, bothUs);
    }

    @Override
    public Tier tier() {
      return Tier.AUDIO;
    }

    @Override
    public int mediaBytes() {
      return length;
    }
  }

  /** Face: weights and heads of {@code count} frames. */
  record FaceFrames(float[] weights, float[] head, int count, int frameRateHz) implements Event {
    @Override
    public Tier tier() {
      return Tier.FACE;
    }

    @Override
    public int mediaBytes() {
      return 4 * (weights.length + head.length);
    }
  }

  /** The face between turns, on the clock of a segment of its own; never in the log. */
  record IdleFrames(String segmentId, float[] weights, float[] head, int count, int frameRateHz)
      implements Event {
    @Override
    public Tier tier() {
      return Tier.FACE;
    }
  }

  /** Picture and voice. */
  record VideoFragment(byte[] data, boolean init, long durationUs, String mimeType)
      implements Event {
    @Override
    public Tier tier() {
      return Tier.VIDEO;
    }

    @Override
    public int mediaBytes() {
      return data.length;
    }
  }

  /** Something was heard and the character waits. */
  record Paused(long atUs) implements Event {}

  /** It was only a noise. */
  record Resumed(long atUs) implements Event {}

  /** The answer was cut. */
  record Interrupted(long atUs, String heardText, String cutText, Cause cause) implements Event {
    /** Whether it is media of that (the cut) turn which nobody is to hear or see any more. */
    public boolean silences(String turnId, LoggedEvent e) {
      return e.event().mediaBytes() > 0 && e.mediaTimeUs() >= atUs && e.turnId().equals(turnId);
    }
  }

  /** What stopped the character. */
  enum Cause {
    SPEECH,
    CLIENT,
    TEXT,
    SESSION_ENDED,
    SERVER
  }

  /** The turn is over. */
  record TurnCompleted(TurnState state, String replyText, Optional<Receipt> receipt)
      implements Event {}

  /**
   * Something went wrong that the session survives; {@code reason} as in the contract.
   *
   * @param retryAfter when it is worth trying again, where that is known
   */
  record ProblemSeen(
      String reason, String message, long clientSeq, String part, Optional<Duration> retryAfter)
      implements Event {
    /** One of which nobody knows when it is over. */
    public ProblemSeen(String reason, String message, long clientSeq, String part) {
      this(reason, message, clientSeq, part, Optional.empty());
    }
  }

  /** The server is there. */
  record Heartbeat(long lastSeq, long takenClientSeq) implements Event {}

  /** The server is going away in so many milliseconds. */
  record GoAway(long deadlineMs, String message) implements Event {}

  /** The session, or this attachment, is over. */
  record Ended(EndCause cause) implements Event {}

  /** Why it ended. */
  enum EndCause {
    CLIENT,
    IDLE,
    INPUT_ENDED,
    REPLACED
  }

  /** Names of the face's weights; kept for {@link Started}, never sent by itself. */
  record FaceShape(List<String> blendshapes, int frameRateHz) {}
}
