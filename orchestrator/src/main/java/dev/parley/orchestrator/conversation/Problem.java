package dev.parley.orchestrator.conversation;

import dev.parley.kit.failure.Failure;

/** Parts of a conversation that can fail while it goes on, as named in the contract. */
public final class Problem {
  /** The model or the grounded thinker. */
  public static final String MODEL = "model";

  /** Synthesis and recognition. */
  public static final String SPEECH = "speech";

  /** Face and picture. */
  public static final String RENDER = "render";

  /** Recollection. */
  public static final String MEMORY = "memory";

  /** Documents. */
  public static final String DOCUMENTS = "documents";

  /** Session log, database, media. */
  public static final String STORE = "store";

  /** What the client sent. */
  public static final String INPUT = "input";

  private Problem() {}

  /** As an event; {@code clientSeq} is the client event that caused it, 0 where none did. */
  public static Event.ProblemSeen of(Failure failure, String part, long clientSeq) {
    return new Event.ProblemSeen(
        failure.reason(), failure.getMessage(), clientSeq, part, failure.retryAfter());
  }
}
