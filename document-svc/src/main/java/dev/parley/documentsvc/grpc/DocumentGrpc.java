package dev.parley.documentsvc.grpc;

import static dev.parley.documentsvc.grpc.Requests.orDefault;

import dev.parley.document.v1.CreateCollectionRequest;
import dev.parley.document.v1.CreateCollectionResponse;
import dev.parley.document.v1.DeleteCollectionRequest;
import dev.parley.document.v1.DeleteCollectionResponse;
import dev.parley.document.v1.DeleteDocumentRequest;
import dev.parley.document.v1.DeleteDocumentResponse;
import dev.parley.document.v1.DocumentServiceGrpc;
import dev.parley.document.v1.DownloadDocumentRequest;
import dev.parley.document.v1.DownloadDocumentResponse;
import dev.parley.document.v1.GetDocumentRequest;
import dev.parley.document.v1.GetDocumentResponse;
import dev.parley.document.v1.GetPageImageRequest;
import dev.parley.document.v1.GetPageImageResponse;
import dev.parley.document.v1.GetPageRequest;
import dev.parley.document.v1.GetPageResponse;
import dev.parley.document.v1.ListChunksRequest;
import dev.parley.document.v1.ListChunksResponse;
import dev.parley.document.v1.ListCollectionsRequest;
import dev.parley.document.v1.ListCollectionsResponse;
import dev.parley.document.v1.ListDocumentsRequest;
import dev.parley.document.v1.ListDocumentsResponse;
import dev.parley.document.v1.PreviewChunksRequest;
import dev.parley.document.v1.PreviewChunksResponse;
import dev.parley.document.v1.ReprocessDocumentRequest;
import dev.parley.document.v1.ReprocessDocumentResponse;
import dev.parley.document.v1.SearchDocumentsRequest;
import dev.parley.document.v1.SearchDocumentsResponse;
import dev.parley.document.v1.UpdateCollectionRequest;
import dev.parley.document.v1.UpdateCollectionResponse;
import dev.parley.document.v1.UpdateDocumentRequest;
import dev.parley.document.v1.UpdateDocumentResponse;
import dev.parley.document.v1.UploadDocumentRequest;
import dev.parley.document.v1.UploadDocumentResponse;
import dev.parley.document.v1.WatchDocumentRequest;
import dev.parley.document.v1.WatchDocumentResponse;
import dev.parley.documentsvc.library.Chunk;
import dev.parley.documentsvc.library.Collections;
import dev.parley.documentsvc.library.DocumentStore;
import dev.parley.documentsvc.library.Library;
import dev.parley.documentsvc.library.Preview;
import dev.parley.documentsvc.library.Search;
import dev.parley.kit.identity.Caller;
import dev.parley.kit.identity.Owner;
import dev.parley.kit.stream.ServerStreams;
import io.grpc.stub.StreamObserver;
import java.util.List;

/** How documents are reached: translates between the contract and the domain. */
public final class DocumentGrpc extends DocumentServiceGrpc.DocumentServiceImplBase {
  private static final int LISTED = 50;
  private static final int PREVIEWED = 20;

  private final Library library;
  private final Collections collections;
  private final Preview preview;
  private final Streams streams;
  private final Searching searching;

  /** Over the domain. */
  public DocumentGrpc(
      Library library,
      Collections collections,
      Preview preview,
      Search search,
      Streams streams,
      java.time.Duration searchLimit) {
    this.library = library;
    this.collections = collections;
    this.preview = preview;
    this.streams = streams;
    this.searching = new Searching(search, searchLimit);
  }

  @Override
  public StreamObserver<UploadDocumentRequest> uploadDocument(
      StreamObserver<UploadDocumentResponse> answer) {
    return ServerStreams.bidi(answer, streams::upload);
  }

  @Override
  public void watchDocument(
      WatchDocumentRequest request, StreamObserver<WatchDocumentResponse> answer) {
    Owner owner = owner();
    ServerStreams.stream(answer, out -> streams.watch(owner, request.getDocumentId(), out));
  }

  @Override
  public void getPageImage(
      GetPageImageRequest request, StreamObserver<GetPageImageResponse> answer) {
    Owner owner = owner();
    ServerStreams.stream(answer, out -> streams.picture(owner, request, out));
  }

  @Override
  public void downloadDocument(
      DownloadDocumentRequest request, StreamObserver<DownloadDocumentResponse> answer) {
    Owner owner = owner();
    ServerStreams.stream(answer, out -> streams.download(owner, request, out));
  }

  @Override
  public void getDocument(GetDocumentRequest request, StreamObserver<GetDocumentResponse> answer) {
    var found = library.get(owner(), request.getDocumentId());
    send(answer, GetDocumentResponse.newBuilder().setDocument(Messages.document(found)).build());
  }

  @Override
  public void listDocuments(
      ListDocumentsRequest request, StreamObserver<ListDocumentsResponse> answer) {
    var query =
        new DocumentStore.Query(
            owner().organisationId(),
            Requests.filter(request.getFilter()),
            Requests.stage(request.getStage()),
            request.getNameContains(),
            orDefault(request.getPageSize(), LISTED));
    var slice = library.list(query, request.getPageToken());
    var response = ListDocumentsResponse.newBuilder().setNextPageToken(slice.nextToken());
    slice.documents().forEach(it -> response.addDocuments(Messages.document(it)));
    send(answer, response.build());
  }

  @Override
  public void updateDocument(
      UpdateDocumentRequest request, StreamObserver<UpdateDocumentResponse> answer) {
    var old = library.get(owner(), request.getDocumentId());
    var changed = library.update(Requests.changed(old, request));
    send(
        answer,
        UpdateDocumentResponse.newBuilder().setDocument(Messages.document(changed)).build());
  }

  @Override
  public void deleteDocument(
      DeleteDocumentRequest request, StreamObserver<DeleteDocumentResponse> answer) {
    library.delete(owner(), request.getDocumentId());
    send(answer, DeleteDocumentResponse.getDefaultInstance());
  }

  @Override
  public void reprocessDocument(
      ReprocessDocumentRequest request, StreamObserver<ReprocessDocumentResponse> answer) {
    var renewed = library.reprocess(owner(), request.getDocumentId());
    send(
        answer,
        ReprocessDocumentResponse.newBuilder().setDocument(Messages.document(renewed)).build());
  }

  @Override
  public void listChunks(ListChunksRequest request, StreamObserver<ListChunksResponse> answer) {
    int size = orDefault(request.getPageSize(), LISTED);
    int from = Tokens.position(request.getPageToken());
    String id = request.getDocumentId();
    List<Chunk> found = library.chunks(owner(), id, from, size + 1, request.getPage());
    var response = ListChunksResponse.newBuilder();
    found.stream().limit(size).forEach(it -> response.addChunks(Messages.chunk(id, it)));
    if (found.size() > size) {
      response.setNextPageToken(String.valueOf(found.get(size).position()));
    }
    send(answer, response.build());
  }

  @Override
  public void previewChunks(
      PreviewChunksRequest request, StreamObserver<PreviewChunksResponse> answer) {
    var document = library.get(owner(), request.getDocumentId());
    var made =
        preview.of(
            document,
            Requests.chunks(request.getSettings()),
            orDefault(request.getLimit(), PREVIEWED));
    var response =
        PreviewChunksResponse.newBuilder()
            .setChunkCount(made.count())
            .setMeanTokens((float) made.meanTokens());
    made.first().forEach(it -> response.addChunks(Messages.chunk(document.id(), it)));
    send(answer, response.build());
  }

  @Override
  public void getPage(GetPageRequest request, StreamObserver<GetPageResponse> answer) {
    Owner owner = owner();
    var document = library.get(owner, request.getDocumentId());
    var page = library.page(owner, request.getDocumentId(), request.getPage());
    var spans = library.spans(owner, document, page, request.getChunkId(), request.getQuote());
    var response =
        GetPageResponse.newBuilder().setPage(Messages.page(page, document.format().isPaged()));
    spans.forEach(it -> response.addSpans(Messages.span(it)));
    dev.parley.documentsvc.library.Marking.marks(page, spans)
        .forEach(it -> response.addMarks(Messages.rectangle(it)));
    send(answer, response.build());
  }

  @Override
  public void searchDocuments(
      SearchDocumentsRequest request, StreamObserver<SearchDocumentsResponse> answer) {
    send(answer, searching.search(owner(), request));
  }

  @Override
  public void listCollections(
      ListCollectionsRequest request, StreamObserver<ListCollectionsResponse> answer) {
    var slice =
        collections.list(
            owner().organisationId(),
            orDefault(request.getPageSize(), LISTED),
            request.getPageToken());
    var response = ListCollectionsResponse.newBuilder().setNextPageToken(slice.nextToken());
    slice.collections().forEach(it -> response.addCollections(Messages.collection(it)));
    send(answer, response.build());
  }

  @Override
  public void createCollection(
      CreateCollectionRequest request, StreamObserver<CreateCollectionResponse> answer) {
    var made =
        collections.create(owner().organisationId(), Requests.collection(request.getCollection()));
    send(
        answer,
        CreateCollectionResponse.newBuilder().setCollection(Messages.collection(made)).build());
  }

  @Override
  public void updateCollection(
      UpdateCollectionRequest request, StreamObserver<UpdateCollectionResponse> answer) {
    String organisation = owner().organisationId();
    var old = collections.get(organisation, request.getCollectionId());
    var changed =
        collections.update(
            organisation,
            Requests.changed(old, request.getCollection(), request.getUpdateMask().getPathsList()));
    send(
        answer,
        UpdateCollectionResponse.newBuilder().setCollection(Messages.collection(changed)).build());
  }

  @Override
  public void deleteCollection(
      DeleteCollectionRequest request, StreamObserver<DeleteCollectionResponse> answer) {
    library.deleteCollection(owner(), request.getCollectionId());
    send(answer, DeleteCollectionResponse.getDefaultInstance());
  }

  private static Owner owner() {
    return Caller.current().owner();
  }

  private static <T> void send(StreamObserver<T> answer, T message) {
    answer.onNext(message);
    answer.onCompleted();
  }
}
