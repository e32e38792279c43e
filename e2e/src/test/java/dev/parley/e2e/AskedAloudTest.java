package dev.parley.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import dev.parley.conversation.v1.Citation;
import dev.parley.conversation.v1.ServerEvent;
import dev.parley.conversation.v1.Tier;
import dev.parley.conversation.v1.WordSpoken;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A question by voice about a document that was uploaded, to the page on the media clock. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AskedAloudTest {
  private static final String FACT = "The ferry to the island leaves the harbor at ten.";
  private static final String QUESTION = "When does the ferry to the island leave?";
  private static final long BYTES_A_SECOND = 48_000;
  private final Running parley = Running.shared();

  @ParameterizedTest
  @EnumSource(names = {"GRPC", "WEB_SOCKET"})
  void theAnswerCitesThePageWhileItsWordsAreHeard(Carrier carrier) throws Exception {
    String character = parley.character("ferryman-" + UUID.randomUUID(), "");
    String document = given(character, Papers.pdf(character, FACT));
    byte[] pcm = Microphone.samples(parley.spoken(QUESTION, "slt"));
    var start = Talking.with(character, Tier.TIER_TEXT, Tier.TIER_AUDIO).build();
    try (var talk = carrier.open(parley.port(), start)) {
      Microphone.speak(talk, pcm);
      List<ServerEvent> events = Talking.until(talk, ServerEvent::hasTurnCompleted);

      List<Citation> cited =
          events.stream().filter(ServerEvent::hasCitation).map(ServerEvent::getCitation).toList();
      assertThat(cited).as(heard(events) + ": " + events.getLast()).isNotEmpty();
      Citation first = cited.getFirst();
      assertThat(first.getDocumentId()).isEqualTo(document);
      assertThat(first.getPage()).isEqualTo(3);
      assertThat(first.getPageLabel()).isEqualTo("2");
      assertThat(first.getQuote()).isEqualTo(FACT);
      long from = first.getSpan().getStartUs();
      long to = first.getSpan().getEndUs();
      long heard = Talking.voice(events).length * 1_000_000L / BYTES_A_SECOND;
      assertThat(to).isGreaterThan(from + 1_000_000).isLessThanOrEqualTo(heard);
      assertThat(spoken(events, from, to)).contains("ferry to the island leaves the harbor");
    }
  }

  /** Makes the collection of the character by an upload into it, and the character read it. */
  private String given(String character, byte[] file) throws Exception {
    var kept =
        parley.upload(
            "/v1/documents?display_name=ferries.pdf&collection_id=" + character,
            "application/octet-stream",
            file);
    assertThat(kept.statusCode()).as(kept.body()).isEqualTo(200);
    var reading =
        parley.send(
            parley.to("/v1/characters/" + character + "?updateMask=collectionIds"),
            "PATCH",
            "{\"collectionIds\":[\"" + character + "\"]}");
    assertThat(reading.statusCode()).as(reading.body()).isEqualTo(200);
    String id =
        JsonParser.parseString(kept.body())
            .getAsJsonObject()
            .getAsJsonObject("document")
            .get("id")
            .getAsString();
    assertThat(parley.get("/v1/documents/" + id + ":watch").body()).contains("STAGE_READY");
    return id;
  }

  private static String heard(List<ServerEvent> events) {
    return events.stream()
        .filter(ServerEvent::hasTranscript)
        .map(it -> it.getTranscript().getText())
        .reduce("", (earlier, last) -> last);
  }

  /** The words spoken between two moments. */
  private static String spoken(List<ServerEvent> events, long from, long to) {
    return events.stream()
        .filter(ServerEvent::hasWordSpoken)
        .map(ServerEvent::getWordSpoken)
        .filter(it -> it.getSpan().getStartUs() >= from && it.getSpan().getEndUs() <= to)
        .map(WordSpoken::getWord)
        .collect(Collectors.joining(" "));
  }
}
