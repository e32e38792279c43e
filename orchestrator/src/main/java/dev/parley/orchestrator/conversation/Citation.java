package dev.parley.orchestrator.conversation;

import java.util.Optional;

/**
 * Where a sentence of an answer comes from.
 *
 * @param number of the source among those the thinker was given, from 1
 * @param documentId empty for a memory
 * @param title what the document is called; empty for a memory
 * @param page physical page or section from 1; 0 where there are none
 * @param pageLabel the number printed on the page; empty where it has none
 * @param chunkId names the passage; empty for a memory
 * @param passage what the source says
 * @param quote the sentence of it that is quoted; empty where the answer uses other words
 * @param memoryId empty for a document
 * @param span when the sentence is spoken, on the turn's media clock; empty where it is not spoken
 */
public record Citation(
    int number,
    String documentId,
    String title,
    int page,
    String pageLabel,
    String chunkId,
    String passage,
    String quote,
    String memoryId,
    Optional<Span> span) {

  /** Of a source with that number, not yet spoken. */
  public static Citation of(int number, Source source, String quote) {
    return switch (source) {
      case Passage p ->
          new Citation(
              number,
              p.documentId(),
              p.title(),
              p.page(),
              p.pageLabel(),
              p.chunkId(),
              p.text(),
              quote,
              "",
              Optional.empty());
      case Recalled m ->
          new Citation(
              number, "", "", 0, "", "", m.personText(), quote, m.memoryId(), Optional.empty());
    };
  }

  /** The same, spoken then. */
  public Citation spoken(Span when) {
    return new Citation(
        number,
        documentId,
        title,
        page,
        pageLabel,
        chunkId,
        passage,
        quote,
        memoryId,
        Optional.of(when));
  }

  /** Whether all of its sentence was heard by then; what is not spoken was read. */
  boolean heardBy(long untilUs) {
    return span.map(it -> it.endUs() <= untilUs).orElse(true);
  }
}
