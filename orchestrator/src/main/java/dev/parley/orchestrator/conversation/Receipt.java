package dev.parley.orchestrator.conversation;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Where the time of a turn went and what went into it.
 *
 * @param firstAudio from the end of the person's input to the first audio; empty when none came
 * @param firstFace the same for the first face frame
 * @param seed of face and voice
 */
public record Receipt(
    List<Stage> stages,
    List<Memory> recalled,
    List<LeftOut> leftOut,
    String thinker,
    String voiceId,
    Optional<Duration> firstAudio,
    Optional<Duration> firstFace,
    HeardBy heardBy,
    int wordsHeard,
    int wordsCut,
    int inputTokens,
    int outputTokens,
    long seed) {

  /** How the server knows what was heard. */
  public enum HeardBy {
    ACKNOWLEDGED,
    DELIVERED
  }

  /** One step; {@code start} counts from the beginning of the turn. */
  public record Stage(
      String name,
      Duration start,
      Duration duration,
      Optional<Duration> firstResult,
      String engine) {}

  /** A memory that went in; {@code score} from 0 to 1. */
  public record Memory(String memoryId, Recalled.Kind kind, String text, float score) {
    /** Receipts from before kinds were kept are of turns. */
    public Memory {
      kind = Objects.requireNonNullElse(kind, Recalled.Kind.TURN);
    }
  }

  /** Something that did not go in. */
  public record LeftOut(String part, String cause) {}
}
