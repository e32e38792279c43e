package dev.parley.documentsvc;

import com.google.protobuf.ByteString;
import dev.parley.document.v1.Document;
import dev.parley.document.v1.DocumentServiceGrpc;
import dev.parley.document.v1.DocumentStage;
import dev.parley.document.v1.SearchDocumentsRequest;
import dev.parley.document.v1.SearchDocumentsResponse;
import dev.parley.document.v1.UploadDocumentHeader;
import dev.parley.document.v1.UploadDocumentRequest;
import dev.parley.document.v1.UploadDocumentResponse;
import dev.parley.document.v1.WatchDocumentRequest;
import dev.parley.document.v1.WatchDocumentResponse;
import dev.parley.kit.host.Hosted;
import dev.parley.kit.identity.Owner;
import dev.parley.kit.settings.Settings;
import dev.parley.kit.stream.ClientStream;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** The document service over real stores and a fake memory service, in this process. */
final class Hosting implements AutoCloseable {
  final FakeMemory memory;
  final String database;
  private final Path folder;
  private final List<String> more;
  private final Hosted inner;
  private final ManagedChannel toMemory;
  private Hosted hosted;
  private ManagedChannel channel;

  Hosting(Path folder, String... settings) {
    this.folder = folder;
    this.memory = new FakeMemory();
    this.database = Stores.database();
    this.more = List.of(settings);
    String name = "memory" + UUID.randomUUID();
    this.inner = Hosted.inProcess(memory, name);
    this.toMemory = Hosted.channel(name);
    start();
  }

  private static Optional<String> character(Owner owner, String id) {
    return id.equals("ada") ? Optional.of("Ada") : Optional.empty();
  }

  List<String> settings() {
    return Stream.concat(
            Stream.of(
                "--document.postgres-url=" + database,
                "--document.postgres-user=postgres",
                "--document.postgres-password=postgres",
                "--document.s3-endpoint=" + Stores.objects(),
                "--document.s3-access-key=" + Stores.ACCESS,
                "--document.s3-secret-key=" + Stores.SECRET,
                "--document.folder=" + folder),
            more.stream())
        .toList();
  }

  void start() {
    Settings known = Settings.load(settings(), Map.of(), List.of(DocumentSettings.class));
    String name = "document" + UUID.randomUUID();
    hosted =
        Hosted.inProcess(
            DocumentService.start(known.of(DocumentSettings.class), toMemory, Hosting::character),
            name);
    channel = Hosted.channel(name);
  }

  void stop() {
    channel.shutdownNow();
    hosted.close();
  }

  DocumentServiceGrpc.DocumentServiceBlockingStub stub() {
    return DocumentServiceGrpc.newBlockingStub(channel);
  }

  UploadDocumentResponse upload(String name, byte[] bytes, String collection, String... tags) {
    try (ClientStream<UploadDocumentRequest, UploadDocumentResponse> call =
        ClientStream.open(
            channel, DocumentServiceGrpc.getUploadDocumentMethod(), CallOptions.DEFAULT)) {
      call.send(
          UploadDocumentRequest.newBuilder()
              .setHeader(
                  UploadDocumentHeader.newBuilder()
                      .setDisplayName(name)
                      .setCollectionId(collection)
                      .addAllTags(List.of(tags)))
              .build());
      for (int from = 0; from < bytes.length; from += 100_000) {
        int length = Math.min(100_000, bytes.length - from);
        call.send(
            UploadDocumentRequest.newBuilder()
                .setData(ByteString.copyFrom(bytes, from, length))
                .build());
      }
      call.halfClose();
      return call.receive().orElseThrow();
    }
  }

  /** All progress until it is ready or has failed. */
  List<WatchDocumentResponse> watched(String id) {
    var request = WatchDocumentRequest.newBuilder().setDocumentId(id).build();
    List<WatchDocumentResponse> all = new ArrayList<>();
    stub()
        .withDeadlineAfter(java.time.Duration.ofSeconds(60))
        .watchDocument(request)
        .forEachRemaining(all::add);
    return all;
  }

  /** The document when it is ready or has failed. */
  Document finished(String id) {
    watched(id);
    return get(id);
  }

  Document get(String id) {
    return stub()
        .getDocument(
            dev.parley.document.v1.GetDocumentRequest.newBuilder().setDocumentId(id).build())
        .getDocument();
  }

  Document ready(String name, byte[] bytes) {
    Document it = finished(upload(name, bytes, "").getDocument().getId());
    if (it.getProgress().getStage() != DocumentStage.DOCUMENT_STAGE_READY) {
      throw new AssertionError(it.getProgress());
    }
    return it;
  }

  SearchDocumentsResponse search(String query) {
    return stub().searchDocuments(SearchDocumentsRequest.newBuilder().setQuery(query).build());
  }

  @Override
  public void close() {
    stop();
    toMemory.shutdownNow();
    inner.close();
  }
}
