package dev.parley.documentsvc.pdf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.documentsvc.library.Heading;
import dev.parley.documentsvc.library.Mark;
import dev.parley.documentsvc.library.Marking;
import dev.parley.documentsvc.library.Page;
import dev.parley.documentsvc.library.Reading;
import dev.parley.kit.failure.Failure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PdfParserTest {
  @TempDir private Path folder;
  private final List<Reading> told = new ArrayList<>();

  private List<Page> read(PdfMaker maker) throws IOException {
    Path file = maker.save(folder.resolve("it.pdf"));
    new PdfParser(new Recognition("no-such-program")).parse(file, told::add);
    return told.stream()
        .filter(Reading.PageRead.class::isInstance)
        .map(it -> ((Reading.PageRead) it).page())
        .toList();
  }

  private static List<String> body(String word, int lines) {
    return IntStream.range(0, lines)
        .mapToObj(i -> word + " line " + i + " goes on with words to its very end")
        .toList();
  }

  @Test
  void linesOfAParagraphBecomeOneAndBrokenWordsWhole() throws IOException {
    var maker =
        new PdfMaker()
            .page()
            .lines(
                72,
                100,
                List.of(
                    "The harbour master keeps a ledger of every ves-",
                    "sel that has entered since the year eighteen",
                    "ninety, and he reads from it on Sundays."));

    assertThat(read(maker).getFirst().text())
        .isEqualTo(
            "The harbour master keeps a ledger of every vessel that has entered since the year"
                + " eighteen ninety, and he reads from it on Sundays.");
  }

  @Test
  void columnsAreReadOneAfterTheOtherBelowATitleThatGoesOverBoth() throws IOException {
    var maker = new PdfMaker().page();
    maker.line(72, 80, 20, "A title that goes over both of the columns");
    List<String> left =
        IntStream.range(0, 12).mapToObj(i -> "left words number " + i + " are here and").toList();
    List<String> right =
        IntStream.range(0, 12).mapToObj(i -> "right words number " + i + " are there and").toList();
    for (int i = 0; i < 12; i++) {
      maker.line(72, 120 + 14 * i, 11, left.get(i)).line(310, 120 + 14 * i, 11, right.get(i));
    }

    String text = read(maker).getFirst().text();

    assertThat(text).startsWith("A title that goes over both of the columns\n\n");
    assertThat(text.indexOf("left words number 11"))
        .isLessThan(text.indexOf("right words number 0"));
  }

  @Test
  void rowsOfATableStayTogether() throws IOException {
    var maker = new PdfMaker().page();
    String[][] cells = {
      {"Port", "Ships", "Tons"},
      {"Lisbon", "12", "3400"},
      {"Porto", "7", "1250"},
      {"Faro", "3", "610"},
      {"Sines", "9", "5800"}
    };
    for (int row = 0; row < cells.length; row++) {
      for (int column = 0; column < 3; column++) {
        maker.line(72 + 140 * column, 200 + 16 * row, 11, cells[row][column]);
      }
    }

    assertThat(read(maker).getFirst().text())
        .isEqualTo(
            "Port | Ships | Tons\nLisbon | 12 | 3400\nPorto | 7 | 1250\nFaro | 3 | 610\n"
                + "Sines | 9 | 5800");
  }

  @Test
  void runningHeadersAndFootersAreLeftOut() throws IOException {
    var maker = new PdfMaker();
    for (int i = 1; i <= 9; i++) {
      maker
          .page()
          .line(72, 40, 9, "The Book of Harbours")
          .lines(72, 120, body("page" + i, 10))
          .line(290, 810, 9, "- " + i + " -");
    }

    List<Page> pages = read(maker);

    assertThat(pages).hasSize(9);
    assertThat(pages).noneMatch(it -> it.text().contains("Book of Harbours"));
    assertThat(pages).noneMatch(it -> it.text().matches("(?s).*- \\d -.*"));
    assertThat(pages.get(4).text()).contains("page5 line 9 goes on");
  }

  @Test
  void printedNumbersAndHeadingsOfTheOutlineAreKept() throws IOException {
    var maker =
        new PdfMaker()
            .title("Harbours of the South", "Nell Grey; Ada Byron")
            .page()
            .lines(72, 100, body("preface", 5))
            .page()
            .line(72, 100, 11, "1 Lights and buoys")
            .lines(72, 130, body("lights", 5))
            .romanLabels(1)
            .outline("Lights and buoys", 2);

    List<Page> pages = read(maker);

    assertThat(pages).extracting(Page::label).containsExactly("i", "1");
    assertThat(pages.get(1).headings()).containsExactly(new Heading("1 Lights and buoys", 1, 2, 0));
    var facts = (Reading.Told) told.get(1);
    assertThat(facts.title()).isEqualTo("Harbours of the South");
    assertThat(facts.authors()).containsExactly("Nell Grey", "Ada Byron");
  }

  @Test
  void headingsAreFoundByTheirSizeWhereThereIsNoOutline() throws IOException {
    var maker =
        new PdfMaker()
            .page()
            .line(72, 90, 22, "Harbours")
            .line(72, 130, 15, "Lights")
            .lines(72, 160, body("light", 12))
            .line(PdfMaker.BOLD, 72, 350, 11, "Buoys")
            .lines(72, 380, body("buoy", 12));

    assertThat(read(maker).getFirst().headings())
        .extracting(Heading::text, Heading::level)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("Harbours", 1),
            org.assertj.core.groups.Tuple.tuple("Lights", 2),
            org.assertj.core.groups.Tuple.tuple("Buoys", 4));
  }

  @Test
  void aQuoteIsMarkedWhereItStands() throws IOException {
    var maker = new PdfMaker().page().lines(72, 421, body("marked", 3));

    Page page = read(maker).getFirst();
    var span = Marking.find(page, "marked line 1 goes on", List.of()).orElseThrow();
    List<Mark> marks = Marking.marks(page, List.of(span));

    assertThat(marks).hasSize(1);
    Mark mark = marks.getFirst();
    assertThat(mark.x()).isBetween(72 / 595f - 0.01f, 72 / 595f + 0.01f);
    assertThat(mark.y() + mark.height() / 2).isBetween(0.5f, 0.53f);
    assertThat(mark.width()).isBetween(0.1f, 0.4f);
  }

  @Test
  void aTurnedPageIsReadAsItIsShown() throws IOException {
    var maker = new PdfMaker().page().lines(72, 300, body("turned", 4)).rotate(90);

    assertThat(read(maker).getFirst().text()).contains("turned line 3 goes on");
  }

  @Test
  void whatStandsUprightOnATurnedPageIsMarkedWhereItIsShown() throws IOException {
    var maker = new PdfMaker().page();
    for (int i = 0; i < 6; i++) {
      maker.upwards(
          100 + 14 * i, 60, "landscape row " + i + " goes far to the right edge of it all");
    }
    Page page = read(maker.rotate(90)).getFirst();

    assertThat(page.text()).contains("landscape row 0 goes").contains("landscape row 5 goes");
    var span = Marking.find(page, "landscape row 0 goes", List.of()).orElseThrow();
    Mark mark = Marking.marks(page, List.of(span)).getFirst();
    assertThat(mark.x()).isBetween(60 / 842f - 0.01f, 60 / 842f + 0.01f);
    assertThat(mark.y()).isBetween(88 / 595f, 94 / 595f);
  }

  @Test
  void textIsAsLargeAsItIsDrawnWhateverItsFontSays() throws IOException {
    var maker = new PdfMaker().page().scaled(0.2f);
    for (int i = 0; i < 4; i++) {
      maker.line(360, 500 + 70 * i, 55, "small words in a large font drawn small");
    }

    assertThat(read(maker).getFirst().text()).startsWith("small words in a large font drawn small");
  }

  @Test
  void aFileThatNeedsAPasswordSaysSo() {
    Path file =
        new PdfMaker()
            .page()
            .lines(72, 100, body("secret", 3))
            .saveEncrypted(folder.resolve("locked.pdf"), "secret");

    assertThatThrownBy(
            () -> new PdfParser(new Recognition("no-such-program")).parse(file, told::add))
        .isInstanceOf(Failure.class)
        .extracting(it -> ((Failure) it).reason())
        .isEqualTo("DOCUMENT_ENCRYPTED");
  }

  @Test
  void aFileWithoutTextSaysWhatMendsIt() {
    assertThatThrownBy(() -> read(new PdfMaker().page().page()))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("install tesseract-ocr")
        .extracting(it -> ((Failure) it).reason())
        .isEqualTo("DOCUMENT_HAS_NO_TEXT");
  }

  @Test
  void aPictureOfAPageIsAsWideAsAsked() throws IOException {
    Path file =
        new PdfMaker().page().lines(72, 100, body("drawn", 5)).save(folder.resolve("a.pdf"));

    var picture =
        javax.imageio.ImageIO.read(new java.io.ByteArrayInputStream(PdfPicture.draw(file, 1, 600)));

    assertThat(picture.getWidth()).isBetween(599, 601);
    assertThat(picture.getHeight()).isBetween(845, 852);
    assertThatThrownBy(() -> PdfPicture.draw(file, 2, 600)).hasMessageContaining("page");
  }
}
