package dev.parley.orchestrator.peers;

import dev.parley.orchestrator.conversation.Span;
import dev.parley.orchestrator.conversation.Viseme;
import dev.parley.orchestrator.conversation.Word;
import dev.parley.type.v1.MediaSpan;
import dev.parley.type.v1.VisemeTiming;
import dev.parley.type.v1.WordTiming;
import java.util.List;

/** Spans, words and visemes between the contract and the domain. */
final class Timings {
  private Timings() {}

  static Span span(MediaSpan span) {
    return new Span(span.getStartUs(), span.getEndUs());
  }

  static MediaSpan span(Span span) {
    return MediaSpan.newBuilder().setStartUs(span.startUs()).setEndUs(span.endUs()).build();
  }

  static List<Viseme> visemes(List<VisemeTiming> timings) {
    return timings.stream()
        .map(v -> new Viseme(v.getViseme(), span(v.getSpan()), v.getPhone()))
        .toList();
  }

  static VisemeTiming timing(Viseme viseme) {
    return VisemeTiming.newBuilder()
        .setViseme(viseme.shape())
        .setSpan(span(viseme.span()))
        .setPhone(viseme.phone())
        .build();
  }

  static List<Word> words(List<WordTiming> timings) {
    return timings.stream()
        .map(w -> new Word(w.getWord(), span(w.getSpan()), 0, 0, w.getConfidence()))
        .toList();
  }

  static WordTiming timing(Word word) {
    return WordTiming.newBuilder()
        .setWord(word.text())
        .setSpan(span(word.span()))
        .setConfidence(word.confidence())
        .build();
  }
}
