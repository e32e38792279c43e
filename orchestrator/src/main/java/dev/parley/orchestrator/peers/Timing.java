package dev.parley.orchestrator.peers;

import dev.parley.orchestrator.conversation.Span;
import dev.parley.orchestrator.conversation.Viseme;
import dev.parley.orchestrator.conversation.Word;
import dev.parley.type.v1.MediaSpan;
import dev.parley.type.v1.VisemeTiming;
import dev.parley.type.v1.WordTiming;
import java.util.ArrayList;
import java.util.List;

/** Times of the contract and times of the domain. */
final class Timing {
  private Timing() {}

  static Span span(MediaSpan span) {
    return new Span(span.getStartUs(), span.getEndUs());
  }

  static MediaSpan span(Span span) {
    return MediaSpan.newBuilder().setStartUs(span.startUs()).setEndUs(span.endUs()).build();
  }

  static List<Word> words(List<WordTiming> timings) {
    List<Word> words = new ArrayList<>(timings.size());
    for (WordTiming t : timings) {
      words.add(new Word(t.getWord(), span(t.getSpan()), 0, 0, t.getConfidence()));
    }
    return words;
  }

  static WordTiming word(Word w) {
    return WordTiming.newBuilder()
        .setWord(w.text())
        .setSpan(span(w.span()))
        .setConfidence(w.confidence())
        .build();
  }

  static Viseme viseme(VisemeTiming v) {
    return new Viseme(v.getViseme(), span(v.getSpan()), v.getPhone());
  }

  static VisemeTiming viseme(Viseme v) {
    return VisemeTiming.newBuilder()
        .setViseme(v.shape())
        .setSpan(span(v.span()))
        .setPhone(v.phone())
        .build();
  }
}
