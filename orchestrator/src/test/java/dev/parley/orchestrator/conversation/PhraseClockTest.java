package dev.parley.orchestrator.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A phrase of two pieces of 600 ms, on the clock of a turn; 8000 samples a second. */
class PhraseClockTest {
  private static final int RATE_HZ = 8000;
  private static final List<Word> FIRST = List.of(word("one", 0, 0, 300), word("two", 4, 300, 600));
  private static final List<Word> SECOND =
      List.of(word("three", 8, 700, 900), word("four", 14, 900, 1200));
  private static final byte[] PIECE = new byte[RATE_HZ * 2 * 6 / 10];

  @Test
  void piecesFollowEachOtherWhereThePhraseBegins() {
    var clock = new PhraseClock(0, 5_000_000, Optional.empty(), 0, RATE_HZ);
    assertThat(starts(clock.words(FIRST))).containsExactly(5_000_000L, 5_300_000L);
    assertThat(clock.audio(PIECE, 0).orElseThrow().startUs()).isEqualTo(5_000_000);
    assertThat(starts(clock.words(SECOND))).containsExactly(5_700_000L, 5_900_000L);
    assertThat(clock.audio(PIECE, 600_000).orElseThrow().startUs()).isEqualTo(5_600_000);
    assertThat(clock.endUs(1_200_000)).isEqualTo(6_200_000);
  }

  @Test
  void goesOnWithinTheFirstPieceAndLeavesTheSecondWhereItIs() {
    var old = new Word("two", new Span(5_300_000, 5_600_000), 4, 7, 1);
    var splice = new Splice(5_000_000, Optional.of(old), 5_400_000);
    var clock = new PhraseClock(0, 5_400_000, Optional.of(splice), 7, RATE_HZ);
    assertThat(clock.words(FIRST)).isEmpty();
    var rest = clock.audio(PIECE, 0).orElseThrow();
    assertThat(rest.startUs()).isEqualTo(5_400_000);
    assertThat(rest.pcm()).hasSize(PIECE.length / 3);
    assertThat(starts(clock.words(SECOND))).containsExactly(5_700_000L, 5_900_000L);
    var second = clock.audio(PIECE, 600_000).orElseThrow();
    assertThat(second.startUs()).isEqualTo(5_600_000);
    assertThat(second.pcm()).hasSize(PIECE.length);
    assertThat(clock.endUs(1_200_000)).isEqualTo(6_200_000);
  }

  @Test
  void goesOnWithinTheSecondPieceAndSaysNothingOfTheFirst() {
    var old = new Word("three", new Span(5_700_000, 5_900_000), 8, 13, 1);
    var splice = new Splice(5_000_000, Optional.of(old), 5_800_000);
    var clock = new PhraseClock(0, 5_800_000, Optional.of(splice), 13, RATE_HZ);
    assertThat(clock.words(FIRST)).isEmpty();
    assertThat(clock.audio(PIECE, 0)).isEmpty();
    assertThat(starts(clock.words(SECOND))).containsExactly(5_900_000L);
    assertThat(clock.audio(PIECE, 600_000).orElseThrow().startUs()).isEqualTo(5_800_000);
  }

  private static List<Long> starts(List<Word> words) {
    return words.stream().map(it -> it.span().startUs()).toList();
  }

  private static Word word(String text, int at, int fromMs, int toMs) {
    return new Word(text, new Span(fromMs * 1000L, toMs * 1000L), at, at + text.length(), 1);
  }
}
