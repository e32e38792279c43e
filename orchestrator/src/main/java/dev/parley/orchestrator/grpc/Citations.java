package dev.parley.orchestrator.grpc;

import dev.parley.orchestrator.conversation.Citation;
import dev.parley.orchestrator.conversation.Span;
import java.util.Optional;

/** Citations between the contract and the domain. */
final class Citations {
  private Citations() {}

  static dev.parley.conversation.v1.Citation message(Citation it) {
    var message =
        dev.parley.conversation.v1.Citation.newBuilder()
            .setNumber(it.number())
            .setDocumentId(it.documentId())
            .setTitle(it.title())
            .setPage(it.page())
            .setPageLabel(it.pageLabel())
            .setChunkId(it.chunkId())
            .setPassage(it.passage())
            .setQuote(it.quote())
            .setMemoryId(it.memoryId());
    it.span().map(Times::span).ifPresent(message::setSpan);
    return message.build();
  }

  static Citation citation(dev.parley.conversation.v1.Citation it) {
    return new Citation(
        it.getNumber(),
        it.getDocumentId(),
        it.getTitle(),
        it.getPage(),
        it.getPageLabel(),
        it.getChunkId(),
        it.getPassage(),
        it.getQuote(),
        it.getMemoryId(),
        it.hasSpan()
            ? Optional.of(new Span(it.getSpan().getStartUs(), it.getSpan().getEndUs()))
            : Optional.empty());
  }
}
