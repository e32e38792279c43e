package dev.parley.orchestrator.grounded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.kit.identity.Owner;
import dev.parley.orchestrator.character.Character;
import dev.parley.orchestrator.character.ShippedCharacters;
import dev.parley.orchestrator.conversation.Exchange;
import dev.parley.orchestrator.conversation.Recalled;
import dev.parley.orchestrator.conversation.Thought;
import dev.parley.orchestrator.conversation.TokenSink;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GroundedThinkerTest {
  private final List<Exchange> history = new ArrayList<>();
  private final List<Recalled> memories = new ArrayList<>();

  @ParameterizedTest
  @CsvSource({
    "Wo wohnst du?, German",
    "Wie heißt du und wie alt bist du?, German",
    "Comment tu t'appelles?, French",
    "Qu'est-ce que tu aimes manger?, French",
    "¿Dónde vives tú?, Spanish"
  })
  void saysHonestlyThatItOnlyUnderstandsEnglish(String question, String language) {
    assertThat(ask("ada", question)).startsWith("That sounds like " + language + ".");
  }

  @Test
  void remembersTheNameOfAPerson() {
    assertThat(ask("ada", "what is my name")).contains("don't know your name");
    assertThat(say("ada", "Hello, my name is sam.")).contains("Nice to meet you, Sam");
    assertThat(ask("ada", "Do you know my name?")).contains("your name is Sam");
    assertThat(ask("ada", "bye")).isEqualTo("Goodbye, Sam.");
  }

  @Test
  void givesBackWhatWasToldInAnEarlierSession() {
    memories.add(
        new Recalled(
            "m1", Recalled.Kind.TURN, "My dog is called Rex.", "Lovely.", 0.8f, Instant.EPOCH));
    assertThat(ask("zuri", "What is my dog called?"))
        .isEqualTo("You told me that your dog is called Rex.");
    assertThat(ask("zuri", "What is my cat called?")).contains("haven't told me");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "What do you remember about me?",
        "what do you know of me",
        "Do you remember me?",
        "What have I told you so far?",
        "Tell me what you remember about me."
      })
  void saysWhatItRemembersOfWhoAsks(String question) {
    assertThat(ask("ada", question)).isEqualTo("You haven't told me anything about yourself yet.");
    memories.add(remembered("m1", Recalled.Kind.FACT, "My name is Rosalind."));
    memories.add(remembered("m2", Recalled.Kind.TURN, "What do you know about me?"));
    memories.add(remembered("m3", Recalled.Kind.TURN, "My name is Rosalind and I love the canal."));
    memories.add(remembered("m4", Recalled.Kind.FACT, "I have two cats."));
    assertThat(ask("ada", question))
        .isEqualTo(
            "You told me that your name is Rosalind and you love the canal."
                + " You also said that you have two cats.");
  }

  private static Recalled remembered(String id, Recalled.Kind kind, String text) {
    return new Recalled(id, kind, text, "", 0.8f, Instant.EPOCH);
  }

  @Test
  void notesAStatementAndFindsItAgain() {
    assertThat(say("marcus", "I'm learning to play the violin."))
        .startsWith("I'll remember that you're learning to play the violin.");
    assertThat(ask("marcus", "what did I tell you about the violin?"))
        .isEqualTo("You told me that you're learning to play the violin.");
  }

  @Test
  void goesOnWithoutSayingTheSameTwice() {
    var said = new ArrayList<String>();
    say("ada", "Do you like astronomy?");
    for (int i = 0; i < 10; i++) {
      said.add(say("ada", "tell me more"));
    }
    assertThat(said).doesNotHaveDuplicates();
  }

  @Test
  void repeatsWhatItSaid() {
    String first = say("ada", "Where do you live?");
    assertThat(ask("ada", "Can you repeat that?")).isEqualTo("I said: " + first);
  }

  @Test
  void endsWhenNobodyListensAnyMore() {
    var heard = new ArrayList<String>();
    new GroundedThinker()
        .think(
            thought("ada", "Where do you live?"),
            new TokenSink() {
              @Override
              public void token(String text) {
                heard.add(text);
              }

              @Override
              public boolean cancelled() {
                return heard.size() == 3;
              }
            });
    assertThat(heard).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"?", "...", "\uD83D\uDE00", "今日は", "'", "my", "I", "what"})
  void saysSomethingToAnything(String input) {
    assertThat(ask("ada", input)).isNotBlank();
    assertThat(ask("ada", input.repeat(20_000))).isNotBlank();
  }

  private String say(String character, String text) {
    String reply = ask(character, text);
    history.add(new Exchange(text, reply));
    return reply;
  }

  private String ask(String character, String text) {
    var reply = new StringBuilder();
    new GroundedThinker().think(thought(character, text), sink(reply));
    return reply.toString();
  }

  private Thought thought(String id, String text) {
    Character character =
        ShippedCharacters.all().stream().filter(it -> it.id().equals(id)).findFirst().orElseThrow();
    return new Thought(Owner.LOCAL, character, "en-US", history, memories, List.of(), text);
  }

  private static TokenSink sink(StringBuilder reply) {
    return new TokenSink() {
      @Override
      public void token(String text) {
        reply.append(text);
      }

      @Override
      public boolean cancelled() {
        return false;
      }
    };
  }
}
