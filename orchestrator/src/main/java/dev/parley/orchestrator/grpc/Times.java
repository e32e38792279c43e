package dev.parley.orchestrator.grpc;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import dev.parley.orchestrator.conversation.Span;
import dev.parley.orchestrator.conversation.Word;
import dev.parley.type.v1.MediaSpan;
import dev.parley.type.v1.WordTiming;
import java.time.Instant;
import java.util.List;

/** Times of the domain as the contract writes them. */
final class Times {
  private Times() {}

  static Duration duration(java.time.Duration d) {
    return Duration.newBuilder().setSeconds(d.getSeconds()).setNanos(d.getNano()).build();
  }

  static Timestamp timestamp(Instant t) {
    return Timestamp.newBuilder().setSeconds(t.getEpochSecond()).setNanos(t.getNano()).build();
  }

  static MediaSpan span(Span span) {
    return MediaSpan.newBuilder().setStartUs(span.startUs()).setEndUs(span.endUs()).build();
  }

  static List<WordTiming> words(List<Word> words) {
    return words.stream()
        .map(w ->
            WordTiming.newBuilder()
                .setWord(w.text())
                .setSpan(span(w.span()))
                .setConfidence(w.confidence())
                .build())
        .toList();
  }
}
