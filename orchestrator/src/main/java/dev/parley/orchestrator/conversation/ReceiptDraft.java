package dev.parley.orchestrator.conversation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects what a turn's receipt will say. The session's thread owns it. */
final class ReceiptDraft {
  private final long startNanos;
  private final long seed;
  private final Stages stages;
  private final List<Receipt.LeftOut> leftOut = new ArrayList<>();
  private List<Recalled> recalled = List.of();
  private String thinker;
  private int inputTokens;
  private int outputTokens;

  ReceiptDraft(long startNanos, long seed, String thinker) {
    this.startNanos = startNanos;
    this.seed = seed;
    this.stages = new Stages(startNanos);
    this.thinker = thinker;
  }

  Stages stages() {
    return stages;
  }

  String thinker() {
    return thinker;
  }

  int inputTokens() {
    return inputTokens;
  }

  int outputTokens() {
    return outputTokens;
  }

  void thinker(String name) {
    thinker = name;
  }

  void recalled(List<Recalled> memories) {
    recalled = memories;
  }

  void leftOut(String part, String cause) {
    leftOut.add(new Receipt.LeftOut(part, cause));
  }

  void tokens(int input, int output) {
    inputTokens = input;
    outputTokens = output;
  }

  /** When the first voice and face went out is negative where there was none. */
  Receipt finish(
      long now,
      String voiceId,
      long firstAudioNanos,
      long firstFaceNanos,
      Receipt.HeardBy heardBy,
      int wordsHeard,
      int wordsCut) {
    return new Receipt(
        stages.list(now),
        recalled.stream()
            .map(r ->
                new Receipt.Memory(r.memoryId(), r.kind(), r.personText(), Math.max(0, r.score())))
            .toList(),
        List.copyOf(leftOut),
        thinker,
        voiceId,
        since(firstAudioNanos),
        since(firstFaceNanos),
        heardBy,
        wordsHeard,
        wordsCut,
        inputTokens,
        outputTokens,
        seed);
  }

  private Optional<Duration> since(long nanos) {
    return nanos < 0 ? Optional.empty() : Optional.of(Duration.ofNanos(nanos - startNanos));
  }
}
