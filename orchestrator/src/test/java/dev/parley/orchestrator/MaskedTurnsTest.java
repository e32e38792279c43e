package dev.parley.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.kit.identity.Owner;
import dev.parley.orchestrator.conversation.Citation;
import dev.parley.orchestrator.conversation.Span;
import dev.parley.orchestrator.conversation.TurnRecord;
import dev.parley.orchestrator.conversation.TurnState;
import dev.parley.orchestrator.conversation.Word;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Turns as they are kept where an organisation wants no personal data in them. */
class MaskedTurnsTest {
  private static final String HEARD = "I wrote to mira@example.org and ";
  private static final String CUT = "then I paid with 4111 1111 1111 1111 of course.";

  @Test
  void whatIsPersonalIsGoneAndEverythingStaysWhereItWas() {
    TurnRecord turn = turn("Mail me at mira@example.org please", HEARD, CUT);
    TurnRecord masked = MaskedTurns.masked(turn);
    String all = masked.toString();
    assertThat(all).doesNotContain("mira@example.org").doesNotContain("4111");
    assertThat(masked.inputText()).hasSize(turn.inputText().length()).startsWith("Mail me at ");
    assertThat(masked.replyText()).hasSize(HEARD.length()).startsWith("I wrote to ");
    assertThat(masked.cutText()).hasSize(CUT.length()).endsWith(" of course.");
    for (int i = 0; i < turn.words().size(); i++) {
      Word before = turn.words().get(i);
      Word after = masked.words().get(i);
      assertThat(after.span()).isEqualTo(before.span());
      assertThat(after.text()).hasSize(before.text().length());
      boolean personal = before.text().contains("@") || before.text().contains("111");
      assertThat(after.text().equals(before.text())).as(before.text()).isEqualTo(!personal);
    }
  }

  @Test
  void whatIsCutInTheMiddleOfAnAddressIsMaskedOnBothSides() {
    TurnRecord masked = MaskedTurns.masked(turn("", "I wrote to mira@exam", "ple.org today."));
    assertThat(masked.replyText()).doesNotContain("mira").startsWith("I wrote to ");
    assertThat(masked.cutText()).doesNotContain("ple.org").endsWith(" today.");
  }

  @Test
  void aTurnWithoutPersonalDataIsTheSame() {
    TurnRecord turn = turn("What is a lighthouse?", "A tower ", "with a lamp.");
    assertThat(MaskedTurns.masked(turn)).isEqualTo(turn);
  }

  private static TurnRecord turn(String input, String heard, String cut) {
    return new TurnRecord(
        "t1",
        new Owner("acme", "ann"),
        "s1",
        "ada",
        TurnState.INTERRUPTED,
        input,
        true,
        heard,
        cut,
        words(heard + cut),
        List.of(citation()),
        Duration.ofSeconds(2),
        Instant.EPOCH,
        Optional.of(Instant.EPOCH),
        Optional.empty(),
        "r1");
  }

  private static Citation citation() {
    return new Citation(
        1, "d1", "Letters", 3, "iii", "c1", "A letter.", "letter", "", Optional.empty());
  }

  private static List<Word> words(String text) {
    List<Word> words = new ArrayList<>();
    int at = 0;
    for (String word : text.split(" ")) {
      words.add(new Word(word, new Span(at * 1000L, at * 1000L + 900), at, at + word.length(), 1));
      at += word.length() + 1;
    }
    return words;
  }
}
