package dev.parley.documentsvc.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChunkerTest {
  private static final Pattern TOKEN = Pattern.compile("[\\p{L}\\p{N}]+|[^\\s\\p{L}\\p{N}]");

  private static int[] tokens(String text) {
    return TOKEN.matcher(text).results().mapToInt(it -> it.start()).toArray();
  }

  private static Page page(int number, String text, Heading... headings) {
    return new Page(number, "p" + number, text, List.of(headings), Layout.NONE);
  }

  private static List<Chunk> cut(int most, int overlap, Page... pages) {
    List<Chunk> chunks = new ArrayList<>();
    var chunker = new Chunker("d", new ChunkSettings(most, overlap), "en", chunks::add);
    for (Page it : pages) {
      chunker.add(it, tokens(it.text()));
    }
    chunker.end();
    return chunks;
  }

  @Test
  void passagesAreWholeSentencesAndOverlap() {
    var chunks = cut(10, 5, page(1, "One two three four. Five six seven. Eight nine ten eleven."));

    assertThat(chunks)
        .extracting(Chunk::text)
        .containsExactly(
            "One two three four. Five six seven.", "Five six seven. Eight nine ten eleven.");
    assertThat(chunks).extracting(Chunk::tokens).containsExactly(9, 9);
  }

  @Test
  void aHeadingBeginsAPassageAndStandsInThePathOfWhatIsBelowIt() {
    String text = "Boats\n\nSails\n\nA sail is cloth. It is sewn.\n\nMasts\n\nA mast is wood.";
    var chunks =
        cut(
            50,
            0,
            page(
                1,
                text,
                new Heading("Boats", 1, 1, 0),
                new Heading("Sails", 2, 1, 7),
                new Heading("Masts", 2, 1, text.indexOf("Masts"))));

    assertThat(chunks).hasSize(2);
    assertThat(chunks.get(0).headings()).containsExactly("Boats", "Sails");
    assertThat(chunks.get(0).text()).startsWith("Boats\n\nSails\n\nA sail").endsWith("sewn.");
    assertThat(chunks.get(1).headings()).containsExactly("Boats", "Masts");
  }

  @Test
  void aSentenceThatGoesOverThePageStaysWholeAndOthersDoNotMix() {
    var chunks =
        cut(50, 0, page(1, "It begins here and"), page(2, "ends there. New."), page(3, "Third."));

    assertThat(chunks).hasSize(2);
    assertThat(chunks.get(0).text()).isEqualTo("It begins here and\nends there. New.");
    assertThat(chunks.get(0).spans())
        .containsExactly(new Span(1, "p1", 0, 18), new Span(2, "p2", 0, 16));
    assertThat(chunks.get(1).spans()).containsExactly(new Span(3, "p3", 0, 6));
  }

  @Test
  void whateverTheTextNothingIsLostAndNoPassageIsTooLong() {
    Random random = new Random(7);
    for (int round = 0; round < 300; round++) {
      Page[] pages = new Page[1 + random.nextInt(4)];
      for (int i = 0; i < pages.length; i++) {
        pages[i] = page(i + 1, text(random), new Heading[0]);
      }
      int most = 32 + random.nextInt(40);
      List<Chunk> chunks = cut(most, random.nextInt(17), pages);

      assertThat(chunks).allMatch(it -> it.tokens() <= most && !it.text().isBlank());
      for (Page page : pages) {
        boolean[] covered = new boolean[page.text().length()];
        chunks.stream()
            .flatMap(it -> it.spans().stream())
            .filter(it -> it.page() == page.number())
            .forEach(it -> java.util.Arrays.fill(covered, it.start(), it.end(), true));
        assertThat(IntStream.range(0, covered.length))
            .as(page.text())
            .allMatch(i -> covered[i] || Character.isWhitespace(page.text().charAt(i)));
      }
      assertThat(chunks).extracting(Chunk::id).doesNotHaveDuplicates();
    }
  }

  private static String text(Random random) {
    String signs = "abcdeé漢字😀 \n\n.,!?;-   Aäöü0123456789";
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(900);
    while (text.length() < length) {
      int at = random.nextInt(signs.length());
      text.appendCodePoint(signs.codePointAt(at));
    }
    return text.toString();
  }
}
