package dev.parley.documentsvc.grpc;

import com.google.protobuf.Timestamp;
import dev.parley.document.v1.Chunk;
import dev.parley.document.v1.ChunkSettings;
import dev.parley.document.v1.Classification;
import dev.parley.document.v1.Collection;
import dev.parley.document.v1.Document;
import dev.parley.document.v1.DocumentClass;
import dev.parley.document.v1.DocumentFormat;
import dev.parley.document.v1.DocumentMetadata;
import dev.parley.document.v1.DocumentProgress;
import dev.parley.document.v1.DocumentStage;
import dev.parley.document.v1.Heading;
import dev.parley.document.v1.Page;
import dev.parley.document.v1.PageSpan;
import dev.parley.document.v1.Rectangle;
import dev.parley.document.v1.ScoreParts;
import dev.parley.document.v1.SearchResult;
import dev.parley.documentsvc.library.Facts;
import dev.parley.documentsvc.library.Mark;
import dev.parley.documentsvc.library.Progress;
import dev.parley.documentsvc.library.Search;
import dev.parley.documentsvc.library.Span;
import java.time.Instant;

/** The domain as messages. */
final class Messages {
  private Messages() {}

  static Document document(dev.parley.documentsvc.library.Document it) {
    return Document.newBuilder()
        .setId(it.id())
        .setDisplayName(it.name())
        .setCollectionId(it.collectionId())
        .setFormat(DocumentFormat.valueOf("DOCUMENT_FORMAT_" + it.format()))
        .setSizeBytes(it.sizeBytes())
        .setSha256(it.sha256())
        .setProgress(progress(it.progress()))
        .setMetadata(metadata(it.facts()))
        .setClassification(
            Classification.newBuilder()
                .setLabel(it.label().name())
                .setConfidence((float) it.label().confidence()))
        .addAllTags(it.tags())
        .setChunkCount(it.chunkCount())
        .setVersion(it.version())
        .setCreateTime(timestamp(it.createTime()))
        .setUpdateTime(timestamp(it.updateTime()))
        .build();
  }

  static DocumentProgress progress(Progress it) {
    return DocumentProgress.newBuilder()
        .setStage(DocumentStage.valueOf("DOCUMENT_STAGE_" + it.stage()))
        .setDone(it.done())
        .setTotal(it.total())
        .setFailure(it.failure())
        .setFailureReason(it.reason())
        .addAllWarnings(it.warnings())
        .setAttempts(it.attempts())
        .build();
  }

  private static DocumentMetadata metadata(Facts it) {
    var metadata =
        DocumentMetadata.newBuilder()
            .setTitle(it.title())
            .addAllAuthors(it.authors())
            .setPageCount(it.pageCount())
            .setWordCount(it.wordCount())
            .setLanguage(it.language());
    it.written().map(Messages::timestamp).ifPresent(metadata::setWrittenTime);
    it.modified().map(Messages::timestamp).ifPresent(metadata::setModifiedTime);
    it.headings()
        .forEach(h ->
            metadata.addHeadings(
                Heading.newBuilder().setText(h.text()).setLevel(h.level()).setPage(h.page())));
    return metadata.build();
  }

  static Page page(dev.parley.documentsvc.library.Page it, boolean picture) {
    return Page.newBuilder()
        .setNumber(it.number())
        .setLabel(it.label())
        .setText(it.text())
        .setHasImage(picture)
        .build();
  }

  static Chunk chunk(String documentId, dev.parley.documentsvc.library.Chunk it) {
    var chunk =
        Chunk.newBuilder()
            .setId(it.id())
            .setDocumentId(documentId)
            .setPosition(it.position())
            .setText(it.text())
            .addAllHeadingPath(it.headings())
            .setTokenCount(it.tokens());
    it.spans().forEach(span -> chunk.addSpans(span(span)));
    return chunk.build();
  }

  static PageSpan span(Span it) {
    return PageSpan.newBuilder()
        .setPage(it.page())
        .setPageLabel(it.label())
        .setStart(it.start())
        .setEnd(it.end())
        .build();
  }

  static Rectangle rectangle(Mark it) {
    return Rectangle.newBuilder()
        .setX(it.x())
        .setY(it.y())
        .setWidth(it.width())
        .setHeight(it.height())
        .build();
  }

  static Collection collection(dev.parley.documentsvc.library.Collection it) {
    var collection =
        Collection.newBuilder()
            .setId(it.id())
            .setDisplayName(it.name())
            .setChunks(
                ChunkSettings.newBuilder()
                    .setMaxTokens(it.chunks().maxTokens())
                    .setOverlapTokens(it.chunks().overlapTokens()))
            .setDocumentCount(it.documentCount())
            .setCreateTime(timestamp(it.createTime()));
    it.classes()
        .forEach(c ->
            collection.addClasses(
                DocumentClass.newBuilder().setLabel(c.label()).setDescription(c.description())));
    return collection.build();
  }

  static SearchResult result(Search.Result it) {
    var hit = it.hit();
    return SearchResult.newBuilder()
        .setChunk(chunk(it.document().id(), it.chunk()))
        .setDocumentName(it.document().name())
        .setScore((float) it.score())
        .setParts(
            ScoreParts.newBuilder()
                .setCosine((float) hit.cosine())
                .setDenseRank(hit.denseRank())
                .setBm25((float) hit.bm25())
                .setLexicalRank(hit.lexicalRank())
                .setFused((float) it.fused())
                .setRerank((float) it.reranked()))
        .setDuplicates(it.duplicates())
        .build();
  }

  static Timestamp timestamp(Instant time) {
    return Timestamp.newBuilder()
        .setSeconds(time.getEpochSecond())
        .setNanos(time.getNano())
        .build();
  }
}
