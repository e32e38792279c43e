package dev.parley.documentsvc.library;

import dev.parley.kit.failure.Failure;
import java.util.ArrayList;
import java.util.List;

/** Says what a setting would make of a document. Thread-safe. */
public final class Preview {
  private static final int PAGES = 32;

  /** What it would make: the first passages, how many in all, and their mean length. */
  public record Made(List<Chunk> first, int count, double meanTokens) {}

  private final PassageStore passages;
  private final Meanings meanings;

  /** Over the pages of documents and the embedding model's tokens. */
  public Preview(PassageStore passages, Meanings meanings) {
    this.passages = passages;
    this.meanings = meanings;
  }

  /** Cuts without keeping. Fails with DOCUMENT_NOT_READY. */
  public Made of(Document document, ChunkSettings settings, int limit) {
    List<Chunk> first = new ArrayList<>();
    long[] sums = new long[2];
    var chunker =
        new Chunker(
            document.id(),
            settings,
            document.facts().language(),
            it -> {
              sums[0]++;
              sums[1] += it.tokens();
              if (first.size() < limit) {
                first.add(it);
              }
            });
    Revision shown = document.revision(Library.shown(document));
    List<Page> pages = passages.pages(shown, 1, PAGES);
    if (pages.isEmpty()) {
      throw Failure.of(
          Failure.Code.FAILED_PRECONDITION,
          "DOCUMENT_NOT_READY",
          "the document is not read yet; try again");
    }
    while (!pages.isEmpty()) {
      var tokens = meanings.tokenize(document.owner(), pages.stream().map(Page::text).toList());
      for (int i = 0; i < pages.size(); i++) {
        chunker.add(pages.get(i), tokens.get(i));
      }
      pages = passages.pages(shown, pages.getLast().number() + 1, PAGES);
    }
    chunker.end();
    return new Made(first, (int) sums[0], sums[0] == 0 ? 0 : (double) sums[1] / sums[0]);
  }
}
