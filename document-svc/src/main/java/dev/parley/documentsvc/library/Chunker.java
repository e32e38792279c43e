package dev.parley.documentsvc.library;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Cuts pages into passages: whole sentences up to a number of tokens, never over a heading, over
 * the end of a page only with a sentence that goes over it, with the last sentences of a passage
 * beginning the next one on the page. Pages come in order; memory is a few pages. One per document,
 * for one thread.
 */
final class Chunker {
  private final String documentId;
  private final ChunkSettings settings;
  private final Sentences sentences;
  private final Consumer<Chunk> out;
  private final Deque<Heading> path = new ArrayDeque<>();
  private final List<Sentence> current = new ArrayList<>();
  private Optional<Sentence> open = Optional.empty();
  private int tokens;
  private int repeated;
  private int position;

  /**
   * Begins.
   *
   * @param language BCP 47 of its sentences
   * @param out takes the passages in order
   */
  Chunker(String documentId, ChunkSettings settings, String language, Consumer<Chunk> out) {
    this.documentId = documentId;
    this.settings = settings;
    this.sentences = new Sentences(language, settings.maxTokens());
    this.out = out;
  }

  /**
   * Takes the next page.
   *
   * @param starts first characters of the tokens of its text, rising
   */
  void add(Page page, int[] starts) {
    if (open.isEmpty() && !current.stream().allMatch(Sentence::heading)) {
      flush(false);
    }
    int from = 0;
    for (Heading heading : page.headings()) {
      int offset = Math.clamp(heading.offset(), from, page.text().length());
      int end = Math.min(page.text().length(), offset + heading.text().length());
      text(page, starts, from, offset);
      enter(heading);
      int length = Sentences.at(starts, end) - Sentences.at(starts, offset);
      if (end > offset && length <= settings.maxTokens()) {
        take(new Sentence(List.of(new Part(page, offset, end, length)), true));
        from = end;
      } else {
        from = offset;
      }
    }
    text(page, starts, from, page.text().length());
  }

  /** No more pages come. */
  void end() {
    close();
    flush(false);
  }

  private void text(Page page, int[] starts, int from, int to) {
    for (Sentence next : sentences.of(page, starts, from, to)) {
      Sentence whole = next;
      if (open.isPresent()) {
        Sentence before = open.get();
        open = Optional.empty();
        if (whole.goesOnFrom(before) && before.tokens() + next.tokens() <= settings.maxTokens()) {
          whole = before.with(next);
        } else {
          take(before);
        }
      }
      if (whole.isOpen() && endsPage(whole)) {
        open = Optional.of(whole);
      } else {
        take(whole);
      }
    }
  }

  private static boolean endsPage(Sentence it) {
    Part last = it.parts().getLast();
    return last.page().text().substring(last.end()).isBlank();
  }

  private void enter(Heading heading) {
    close();
    if (!current.stream().allMatch(Sentence::heading)) {
      flush(false);
    }
    while (!path.isEmpty() && path.peekLast().level() >= heading.level()) {
      path.removeLast();
    }
    path.addLast(heading);
  }

  private void close() {
    open.ifPresent(this::take);
    open = Optional.empty();
  }

  private void take(Sentence it) {
    int length = it.tokens();
    if (tokens + length > settings.maxTokens() && current.size() > repeated) {
      flush(true);
      while (!current.isEmpty() && tokens + length > settings.maxTokens()) {
        tokens -= current.removeFirst().tokens();
        repeated = current.size();
      }
    }
    current.add(it);
    tokens += length;
  }

  /** Hands a passage on, and keeps its last sentences for the next where wanted. */
  private void flush(boolean overlap) {
    if (current.size() > repeated) {
      out.accept(chunk());
    }
    int keep = current.size();
    int kept = 0;
    while (overlap
        && keep > 1
        && !current.get(keep - 1).heading()
        && kept + current.get(keep - 1).tokens() <= settings.overlapTokens()) {
      keep--;
      kept += current.get(keep).tokens();
    }
    current.subList(0, overlap ? keep : current.size()).clear();
    tokens = current.stream().mapToInt(Sentence::tokens).sum();
    repeated = current.size();
  }

  private Chunk chunk() {
    Map<Page, int[]> ranges = new LinkedHashMap<>();
    for (Sentence sentence : current) {
      for (Part part : sentence.parts()) {
        ranges.merge(
            part.page(),
            new int[] {part.start(), part.end()},
            (a, b) -> new int[] {Math.min(a[0], b[0]), Math.max(a[1], b[1])});
      }
    }
    List<Span> spans = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    ranges.forEach((page, range) -> {
      spans.add(new Span(page.number(), page.label(), range[0], range[1]));
      texts.add(page.text().substring(range[0], range[1]));
    });
    List<String> headings = path.stream().map(Heading::text).toList();
    String text = String.join("\n", texts);
    return Chunk.of(documentId, position++, text, headings, spans, tokens);
  }
}
