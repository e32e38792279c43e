package dev.parley.cli.talk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ScreenTest {
  private final StringWriter out = new StringWriter();
  private final PlainScreen plain =
      new PlainScreen(
          new ByteArrayInputStream("hé\n/quit\n".getBytes(UTF_8)), new PrintWriter(out));

  @Test
  void aPipeGivesItsLinesThenEnds() {
    assertThat(plain.read()).isEqualTo(new Screen.Typed.Line("hé"));
    assertThat(plain.read()).isEqualTo(new Screen.Typed.Line("/quit"));
    assertThat(plain.read()).isEqualTo(new Screen.Typed.End());
  }

  @Test
  void wordsFollowEachOtherAndALineEndsThem() {
    plain.speaking("Ada: one");
    assertThat(out.toString()).isEqualTo("Ada: one");
    plain.speaking("Ada: one two");
    plain.hearing("you: nothing of this");
    plain.line("Ada: one two three");
    plain.line("you: four");
    assertThat(out.toString().lines()).containsExactly("Ada: one two three", "you: four");
  }

  @Test
  void anotherLineDoesNotMixWithWordsThatAreStillComing() {
    plain.speaking("Ada: one");
    plain.line("! connection lost");
    plain.speaking("Ada: one two");
    plain.line("Ada: one two");
    assertThat(out.toString().lines())
        .containsExactly("Ada: one", "! connection lost", "Ada: one two");
  }

  @Test
  void linesBreakBetweenWords() {
    assertThat(TerminalScreen.wrapped("aa bb cc dd", 6)).isEqualTo("aa bb\ncc dd");
    assertThat(TerminalScreen.wrapped("aaaaaaaaa bb", 6)).isEqualTo("aaaaaaaaa\nbb");
    assertThat(TerminalScreen.wrapped("aa bb", 0)).isEqualTo("aa bb");
  }
}
