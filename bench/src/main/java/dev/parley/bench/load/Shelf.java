package dev.parley.bench.load;

import com.google.protobuf.ByteString;
import dev.parley.conversation.v1.Citation;
import dev.parley.document.v1.DocumentServiceGrpc;
import dev.parley.document.v1.DocumentStage;
import dev.parley.document.v1.UploadDocumentHeader;
import dev.parley.document.v1.UploadDocumentRequest;
import dev.parley.document.v1.UploadDocumentResponse;
import dev.parley.document.v1.WatchDocumentRequest;
import io.grpc.Channel;
import io.grpc.stub.StreamObserver;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/** A document of many short passages, one of which answers {@link #QUESTION}. */
public final class Shelf {
  /** What the one passage answers. */
  public static final String QUESTION =
      "could you please tell me who keeps the old light at the northern harbour these days";

  private static final String ANSWER = "Miriam keeps the old light at the northern harbour.";
  private static final String[] WORDS =
      ("ledger anchor morning captain weather signal rope chart current bridge cargo station engine"
              + " window corner paper number tide vessel harbour")
          .split(" ");
  private static final int WORDS_A_PASSAGE = 12;
  private static final int PIECE = 1 << 20;

  private Shelf() {}

  /** Uploads it into a character's collection and waits until it can be asked about; its id. */
  public static String fill(Channel channel, String collection, int passages) {
    byte[] book = book(passages).getBytes(StandardCharsets.UTF_8);
    String id = upload(channel, collection, book).join().getDocument().getId();
    var watch = WatchDocumentRequest.newBuilder().setDocumentId(id).build();
    DocumentStage last = DocumentStage.DOCUMENT_STAGE_UNSPECIFIED;
    var news = DocumentServiceGrpc.newBlockingStub(channel).watchDocument(watch);
    while (last != DocumentStage.DOCUMENT_STAGE_READY && news.hasNext()) {
      last = news.next().getProgress().getStage();
    }
    if (last != DocumentStage.DOCUMENT_STAGE_READY) {
      throw new IllegalStateException("the passages were not indexed: " + last);
    }
    return id;
  }

  /** Whether an answer was taken from the one passage of that book. */
  public static boolean isAnsweredBy(Citation citation, String book) {
    return citation.getDocumentId().equals(book) && citation.getQuote().equals(ANSWER);
  }

  /** Each under a heading of its own, over which no passage goes. */
  private static String book(int passages) {
    Random random = new Random(8);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < passages; i++) {
      text.append("## Entry ").append(i).append("\n\n");
      text.append(i == passages / 2 ? ANSWER : sentence(random)).append("\n\n");
    }
    return text.toString();
  }

  private static String sentence(Random random) {
    StringBuilder sentence = new StringBuilder("The");
    for (int i = 0; i < WORDS_A_PASSAGE; i++) {
      sentence.append(' ').append(WORDS[random.nextInt(WORDS.length)]);
    }
    return sentence.append('.').toString();
  }

  private static CompletableFuture<UploadDocumentResponse> upload(
      Channel channel, String collection, byte[] book) {
    var done = new CompletableFuture<UploadDocumentResponse>();
    StreamObserver<UploadDocumentRequest> out =
        DocumentServiceGrpc.newStub(channel).uploadDocument(new Answer(done));
    var header =
        UploadDocumentHeader.newBuilder().setDisplayName("book.md").setCollectionId(collection);
    out.onNext(UploadDocumentRequest.newBuilder().setHeader(header).build());
    for (int from = 0; from < book.length; from += PIECE) {
      var piece = ByteString.copyFrom(book, from, Math.min(PIECE, book.length - from));
      out.onNext(UploadDocumentRequest.newBuilder().setData(piece).build());
    }
    out.onCompleted();
    return done;
  }

  private record Answer(CompletableFuture<UploadDocumentResponse> done)
      implements StreamObserver<UploadDocumentResponse> {
    @Override
    public void onNext(UploadDocumentResponse response) {
      done.complete(response);
    }

    @Override
    public void onError(Throwable thrown) {
      done.completeExceptionally(thrown);
    }

    @Override
    public void onCompleted() {}
  }
}
