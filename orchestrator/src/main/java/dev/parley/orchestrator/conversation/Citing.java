package dev.parley.orchestrator.conversation;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * The citations of a reply: each is told with the time in which its sentence is spoken, as soon as
 * that is known and not before the sentence begins. The session's thread owns it.
 */
final class Citing {
  private record Pending(Citation citation, int position) {}

  private final Script script;
  private final BiConsumer<Long, Event> out;
  private final List<Pending> pending = new ArrayList<>();
  private final List<Citation> told = new ArrayList<>();
  private List<Source> sources = List.of();
  private boolean ended;

  /** {@code out} takes each citation and its media time, which is negative for what is not said. */
  Citing(Script script, BiConsumer<Long, Event> out) {
    this.script = script;
    this.out = out;
  }

  /** Goes on where another process stopped. */
  void goOn(List<Citation> before, List<SessionState.Mark> marks) {
    told.addAll(before);
    marks.forEach(it -> pending.add(new Pending(it.citation(), it.position())));
  }

  /** Citations whose sentences are not spoken yet. */
  List<SessionState.Mark> marks() {
    return pending.stream().map(it -> new SessionState.Mark(it.citation(), it.position())).toList();
  }

  /** What the thinker was given; its numbers count from 1. */
  void sources(List<Source> given) {
    sources = List.copyOf(given);
  }

  /** What was said last comes from that source; a number that was not given is ignored. */
  void cite(int number, String quote) {
    if (number >= 1 && number <= sources.size()) {
      var citation = Citation.of(number, sources.get(number - 1), quote);
      pending.add(new Pending(citation, script.length()));
    }
  }

  /** No more text comes. */
  void textEnded() {
    ended = true;
  }

  /** Tells those whose sentences are voiced by now. */
  void settle() {
    for (Iterator<Pending> it = pending.iterator(); it.hasNext(); ) {
      Pending next = it.next();
      Optional<Span> span = span(next);
      if (span.isPresent()) {
        it.remove();
        tell(next.citation().spoken(span.get()), span.get().startUs());
      }
    }
  }

  /** Tells the rest: their sentences are not spoken, or not to the end. */
  void settleAll() {
    settle();
    pending.forEach(it -> tell(it.citation(), -1));
    pending.clear();
  }

  private void tell(Citation citation, long mediaUs) {
    if (!told.contains(citation)) {
      told.add(citation);
      out.accept(mediaUs, new Event.Cited(citation));
    }
  }

  /** Citations of what was heard by then, in the order of speech. */
  List<Citation> heard(long untilUs) {
    return told.stream().filter(it -> it.heardBy(untilUs)).toList();
  }

  private Optional<Span> span(Pending it) {
    String text = script.text();
    Sentence sentence = Sentence.before(text, it.position());
    int quoted = quoted(text, it);
    int start = quoted >= 0 ? quoted : sentence.start();
    int end = quoted >= 0 ? it.position() : sentence.end();
    boolean whole = quoted >= 0 || sentence.closed() || ended;
    return whole ? script.spoken(start, end) : Optional.empty();
  }

  /** Where the quote begins that the text ends with at the mark; -1 when it does not. */
  private static int quoted(String text, Pending it) {
    String said = it.citation().quote().replaceAll("\\s+", " ").strip();
    int start = it.position() - said.length();
    return !said.isEmpty() && start >= 0 && text.startsWith(said, start) ? start : -1;
  }
}
