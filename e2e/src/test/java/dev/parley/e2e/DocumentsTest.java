package dev.parley.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.protobuf.ByteString;
import dev.parley.document.v1.DocumentServiceGrpc;
import dev.parley.document.v1.UploadDocumentHeader;
import dev.parley.document.v1.UploadDocumentRequest;
import dev.parley.document.v1.UploadDocumentResponse;
import dev.parley.kit.stream.ClientStream;
import io.grpc.CallOptions;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Documents from the file to the page that is quoted, over both ways in. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DocumentsTest {
  private final Running parley = Running.shared();

  /** Kind, file name, bytes, a question, and what the passage says. */
  static Stream<Arguments> files() {
    return Stream.of("rest", "grpc")
        .flatMap(way ->
            Stream.of(
                Arguments.of(way, way + ".pdf", Papers.pdf(way)),
                Arguments.of(way, way + ".docx", Papers.docx(way)),
                Arguments.of(way, way + ".txt", Papers.text(way)),
                Arguments.of(way, way + ".md", Papers.markdown(way)),
                Arguments.of(way, way + ".html", Papers.html(way))));
  }

  @ParameterizedTest(name = "{1} over {0}")
  @MethodSource("files")
  void aFileIsUploadedWatchedAndFound(String way, String name, byte[] bytes) throws Exception {
    String id = way.equals("rest") ? rest(name, bytes) : grpc(name, bytes);

    HttpResponse<String> watched = parley.get("/v1/documents/" + id + ":watch");
    assertThat(watched.headers().firstValue("content-type").orElse(""))
        .startsWith("text/event-stream");
    assertThat(watched.body()).contains("event: progress").contains("DOCUMENT_STAGE_READY");
    JsonObject found = search(Papers.QUESTION, id).get(0).getAsJsonObject();
    JsonObject chunk = found.getAsJsonObject("chunk");
    assertThat(chunk.get("text").getAsString()).contains(Papers.ANSWER);
    JsonObject span = chunk.getAsJsonArray("spans").get(0).getAsJsonObject();
    assertThat(span.get("page").getAsInt()).isEqualTo(name.endsWith(".pdf") ? 3 : 1);
    assertThat(span.has("pageLabel") ? span.get("pageLabel").getAsString() : "")
        .isEqualTo(name.endsWith(".pdf") ? "2" : "");
    JsonObject parts = found.getAsJsonObject("parts");
    assertThat(parts.get("denseRank").getAsInt()).isPositive();
    assertThat(parts.get("lexicalRank").getAsInt()).isPositive();
    assertThat(parts.get("fused").getAsDouble()).isEqualTo(found.get("score").getAsDouble());
  }

  private String rest(String name, byte[] bytes) throws Exception {
    String query = URLEncoder.encode(name, StandardCharsets.UTF_8);
    var answer =
        parley.upload(
            "/v1/documents?display_name=" + query + "&tags=e2e", "application/octet-stream", bytes);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return json(answer).getAsJsonObject("document").get("id").getAsString();
  }

  private String grpc(String name, byte[] bytes) {
    try (var call =
        ClientStream.<UploadDocumentRequest, UploadDocumentResponse>open(
            parley.channel(), DocumentServiceGrpc.getUploadDocumentMethod(), CallOptions.DEFAULT)) {
      call.send(
          UploadDocumentRequest.newBuilder()
              .setHeader(UploadDocumentHeader.newBuilder().setDisplayName(name))
              .build());
      call.send(UploadDocumentRequest.newBuilder().setData(ByteString.copyFrom(bytes)).build());
      call.halfClose();
      return call.receive().orElseThrow().getDocument().getId();
    }
  }

  private JsonArray search(String question, String documentId) throws Exception {
    var answer =
        parley.post(
            "/v1/documents:search",
            "{\"query\":\"%s\",\"filter\":{\"documentIds\":[\"%s\"]}}"
                .formatted(question, documentId));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(json(answer).has("leftOut")).isFalse();
    return json(answer).has("results") ? json(answer).getAsJsonArray("results") : new JsonArray();
  }

  private static JsonObject json(HttpResponse<String> answer) {
    return JsonParser.parseString(answer.body()).getAsJsonObject();
  }

  @Test
  void aPageHasAPictureAndTheFileComesBackInParts() throws Exception {
    byte[] file = Papers.pdf("picture");
    String id = rest("picture.pdf", file);
    parley.get("/v1/documents/" + id + ":watch");

    var picture = parley.bytes("/v1/documents/" + id + "/pages/3/image?width=400", "");
    assertThat(picture.headers().firstValue("content-type")).contains("image/png");
    assertThat(picture.body()).startsWith(0x89, 'P', 'N', 'G');
    assertThat(parley.get("/v1/documents/" + id + "/pages/9/image").statusCode()).isEqualTo(404);
    var page = json(parley.get("/v1/documents/" + id + "/pages/3?quote=kettle"));
    assertThat(page.getAsJsonArray("marks")).hasSize(1);
    var part = parley.bytes("/v1/documents/" + id + "/file", "bytes=0-4");
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(new String(part.body(), StandardCharsets.US_ASCII)).isEqualTo("%PDF-");
    assertThat(part.headers().firstValue("content-disposition").orElse(""))
        .startsWith("attachment")
        .endsWith("picture.pdf");
    assertThat(parley.bytes("/v1/documents/" + id + "/file", "").body()).isEqualTo(file);
  }

  @Test
  void aDeletedDocumentIsGone() throws Exception {
    String id = rest("gone.txt", Papers.text("gone"));
    parley.get("/v1/documents/" + id + ":watch");

    var deleted = parley.send(parley.to("/v1/documents/" + id), "DELETE", "");

    assertThat(deleted.statusCode()).as(deleted.body()).isEqualTo(200);
    assertThat(parley.get("/v1/documents/" + id).statusCode()).isEqualTo(404);
    assertThat(search(Papers.QUESTION, id)).isEmpty();
    assertThat(parley.get("/v1/documents/" + id + ":watch").statusCode()).isEqualTo(404);
  }

  @Test
  void aFileLargerThanOtherRequestsMayBeGoesThrough() throws Exception {
    byte[] file = new byte[16 << 20];
    Arrays.fill(file, (byte) ' ');
    byte[] words = ("Large " + UUID.randomUUID()).getBytes(StandardCharsets.UTF_8);
    System.arraycopy(words, 0, file, 0, words.length);
    String id = rest("large.txt", file);
    assertThat(parley.get("/v1/documents/" + id + ":watch").body())
        .contains("DOCUMENT_STAGE_READY");
    assertThat(json(parley.get("/v1/documents/" + id)).toString())
        .contains("\"sizeBytes\":\"" + file.length + "\"");
  }

  @Test
  void whatIsNoDocumentIsRefusedOverRestToo() throws Exception {
    var binary =
        parley.upload("/v1/documents?display_name=x", "application/pdf", new byte[] {0, 1, 2, 0});
    assertThat(binary.statusCode()).isEqualTo(400);
    assertThat(binary.body()).contains("DOCUMENT_UNREADABLE");
    var nameless =
        parley.upload("/v1/documents", "text/plain", "words".getBytes(StandardCharsets.UTF_8));
    assertThat(nameless.statusCode()).isEqualTo(400);
    var form =
        parley.upload(
            "/v1/documents?display_name=x",
            "multipart/form-data; boundary=b",
            "x".getBytes(StandardCharsets.UTF_8));
    assertThat(form.statusCode()).isEqualTo(400);
  }
}
