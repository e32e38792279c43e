package dev.parley.documentsvc.grpc;

import dev.parley.document.v1.UploadDocumentRequest;
import dev.parley.kit.failure.Failure;
import dev.parley.kit.stream.Inbound;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;

/** The bytes of an upload as they come in; the client waits while nobody takes them. */
final class Pieces implements Iterator<byte[]> {
  private final Inbound<UploadDocumentRequest> inbound;
  private Optional<UploadDocumentRequest> next;

  Pieces(Inbound<UploadDocumentRequest> inbound) {
    this.inbound = inbound;
    this.next = inbound.take();
  }

  @Override
  public boolean hasNext() {
    return next.isPresent();
  }

  @Override
  public byte[] next() {
    UploadDocumentRequest piece = next.orElseThrow(NoSuchElementException::new);
    if (!piece.hasData()) {
      throw Failure.invalid("header", "came again (expected it once, first)");
    }
    next = inbound.take();
    return piece.getData().toByteArray();
  }
}
