package dev.parley.documentsvc.grpc;

import com.google.protobuf.ByteString;
import dev.parley.document.v1.DownloadDocumentHeader;
import dev.parley.document.v1.DownloadDocumentRequest;
import dev.parley.document.v1.DownloadDocumentResponse;
import dev.parley.document.v1.GetPageImageRequest;
import dev.parley.document.v1.GetPageImageResponse;
import dev.parley.document.v1.UploadDocumentHeader;
import dev.parley.document.v1.UploadDocumentRequest;
import dev.parley.document.v1.UploadDocumentResponse;
import dev.parley.document.v1.WatchDocumentResponse;
import dev.parley.documentsvc.library.Collection;
import dev.parley.documentsvc.library.Library;
import dev.parley.documentsvc.library.Pictures;
import dev.parley.documentsvc.library.Progress;
import dev.parley.documentsvc.library.Upload;
import dev.parley.kit.failure.Failure;
import dev.parley.kit.identity.Caller;
import dev.parley.kit.identity.Owner;
import dev.parley.kit.stream.Inbound;
import dev.parley.kit.stream.Outbound;
import java.io.IOException;
import java.io.InputStream;

/** The calls that stream. Each runs on a thread of its own. */
public final class Streams {
  private static final int PIECE = 64 << 10;
  private static final int WIDTH = 1024;
  private static final long WATCH_MS = 150;

  private final Library library;
  private final Pictures pictures;

  /** Over the domain. */
  public Streams(Library library, Pictures pictures) {
    this.library = library;
    this.pictures = pictures;
  }

  void upload(Inbound<UploadDocumentRequest> inbound, Outbound<UploadDocumentResponse> out) {
    UploadDocumentRequest first =
        inbound.take().orElseThrow(() -> Failure.invalid("header", "nothing came (expected it)"));
    if (!first.hasHeader()) {
      throw Failure.invalid("header", "data came first (expected the header)");
    }
    UploadDocumentHeader header = first.getHeader();
    String collection =
        header.getCollectionId().isEmpty() ? Collection.DEFAULT : header.getCollectionId();
    var uploaded =
        library.upload(
            Caller.current().owner(),
            new Upload(header.getDisplayName(), collection, header.getTagsList()),
            new Pieces(inbound));
    out.send(
        UploadDocumentResponse.newBuilder()
            .setDocument(Messages.document(uploaded.document()))
            .setAlreadyThere(uploaded.alreadyThere())
            .build());
  }

  void watch(Owner owner, String documentId, Outbound<WatchDocumentResponse> out) {
    Progress last = null;
    while (!out.isClosed()) {
      Progress now = library.get(owner, documentId).progress();
      if (!now.equals(last)) {
        out.send(WatchDocumentResponse.newBuilder().setProgress(Messages.progress(now)).build());
        last = now;
      }
      if (now.stage().isEnd()) {
        return;
      }
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(WATCH_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.of(Failure.Code.CANCELLED, "UNAVAILABLE", "the client is gone");
    }
  }

  void picture(Owner owner, GetPageImageRequest it, Outbound<GetPageImageResponse> out) {
    int width = Requests.orDefault(it.getWidth(), WIDTH);
    byte[] png = pictures.draw(library.get(owner, it.getDocumentId()), it.getPage(), width);
    for (int from = 0; from < png.length; from += PIECE) {
      int length = Math.min(PIECE, png.length - from);
      ByteString data = ByteString.copyFrom(png, from, length);
      out.send(GetPageImageResponse.newBuilder().setData(data).build());
    }
  }

  void download(Owner owner, DownloadDocumentRequest it, Outbound<DownloadDocumentResponse> out) {
    var document = library.get(owner, it.getDocumentId());
    out.send(
        DownloadDocumentResponse.newBuilder()
            .setHeader(
                DownloadDocumentHeader.newBuilder()
                    .setContentType(document.format().mediaType())
                    .setSizeBytes(document.sizeBytes())
                    .setFileName(document.fileName())
                    .setSha256(document.sha256()))
            .build());
    try (InputStream in = library.original(document, it.getOffset(), it.getLength())) {
      byte[] piece = in.readNBytes(PIECE);
      while (piece.length > 0) {
        ByteString data = ByteString.copyFrom(piece);
        out.send(DownloadDocumentResponse.newBuilder().setData(data).build());
        piece = in.readNBytes(PIECE);
      }
    } catch (IOException e) {
      throw Failure.of(
              Failure.Code.UNAVAILABLE, "STORE_FAILED", "the object store broke off; try again")
          .causedBy(e);
    }
  }
}
