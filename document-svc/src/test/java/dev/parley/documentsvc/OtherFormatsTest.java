package dev.parley.documentsvc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.parley.documentsvc.html.HtmlParser;
import dev.parley.documentsvc.library.Heading;
import dev.parley.documentsvc.library.Page;
import dev.parley.documentsvc.library.Parser;
import dev.parley.documentsvc.library.Reading;
import dev.parley.documentsvc.markdown.MarkdownParser;
import dev.parley.documentsvc.office.DocxMaker;
import dev.parley.documentsvc.office.DocxParser;
import dev.parley.documentsvc.opennlp.LanguageFinder;
import dev.parley.documentsvc.text.Charsets;
import dev.parley.documentsvc.text.TextParser;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OtherFormatsTest {
  @TempDir private Path folder;
  private final List<Reading> told = new ArrayList<>();

  private List<Page> read(Parser parser, Path file) throws IOException {
    parser.parse(file, told::add);
    return told.stream()
        .filter(Reading.PageRead.class::isInstance)
        .map(it -> ((Reading.PageRead) it).page())
        .toList();
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("it"), text);
  }

  private static String text(List<Page> pages) {
    return pages.stream().map(Page::text).collect(Collectors.joining("\n\n"));
  }

  @Test
  void aWordFileHasItsHeadingsTablesListsAndWhatItTellsOfItself() throws IOException {
    Path file =
        new DocxMaker()
            .heading(1, "The yard")
            .paragraph("Boats are lifted on Mondays.")
            .heading(2, "Fees")
            .row("Length", "Fee")
            .row("under 8 m", "40")
            .raw("<w:p><w:pPr><w:numPr/></w:pPr><w:r><w:t>paint is extra</w:t></w:r></w:p>")
            .raw("<w:p><w:del><w:r><w:t>never</w:t></w:r></w:del><w:r><w:t>kept</w:t></w:r></w:p>")
            .save(folder.resolve("a.docx"));

    List<Page> pages = read(new DocxParser(), file);

    assertThat(text(pages))
        .isEqualTo(
            "The yard\n\nBoats are lifted on Mondays.\n\nFees\n\nLength | Fee\n\nunder 8 m | 40"
                + "\n\n- paint is extra\n\nkept");
    assertThat(pages.getFirst().headings())
        .extracting(Heading::text, Heading::level)
        .containsExactly(tuple("The yard", 1), tuple("Fees", 2));
    var facts =
        (Reading.Told) told.stream().filter(Reading.Told.class::isInstance).findAny().orElseThrow();
    assertThat(facts.title()).isEqualTo("Rules of the yard");
    assertThat(facts.authors()).containsExactly("Nell Grey");
    assertThat(facts.written()).contains(Instant.parse("2024-05-06T07:08:09Z"));
  }

  @Test
  void aPageIsReadWithoutItsMenusAndScripts() throws IOException {
    Path file =
        file(
            "<!doctype html><html><head><title>Tides</title><meta name=author content='Ada'>"
                + "<script>var no = 1;</script></head><body><nav>Home | About</nav>"
                + "<h1>Tides</h1>Loose words <b>here</b><p>High water is at noon.</p>after it"
                + "<div>In a box<p>and a paragraph</p>after</div>"
                + "<table><tr><th>Port</th><th>Range</th></tr><tr><td><p>Faro</p></td><td>3 m</td>"
                + "</tr></table><ul><li>one</li><li>two</li></ul><footer>2026</footer></body>");

    List<Page> pages = read(new HtmlParser(), file);

    assertThat(text(pages))
        .isEqualTo(
            "Tides\n\nLoose words here\n\nHigh water is at noon.\n\nafter it\n\nIn a box\n\n"
                + "and a paragraph\n\nafter\n\nPort | Range\n\nFaro | 3 m\n\n- one\n\n- two");
    assertThat(pages.getFirst().headings()).containsExactly(new Heading("Tides", 1, 1, 0));
    assertThat(told).anyMatch(it -> it instanceof Reading.Told t && t.title().equals("Tides"));
  }

  @Test
  void markdownHasHeadingsListsCodeAndTables() throws IOException {
    Path file =
        file(
            "# Knots\n\nA *good* knot [holds](http://x.y).\n\n## Bowline\n\n- make a loop\n"
                + "- go round\n\n```\nrope()\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n");

    List<Page> pages = read(new MarkdownParser(Charsets::open), file);

    assertThat(text(pages))
        .startsWith("Knots\n\nA good knot \"holds\" (http://x.y).\n\nBowline\n\n- make a loop")
        .contains("rope()")
        .contains("a | b\n1 | 2");
    assertThat(pages.getFirst().headings())
        .extracting(Heading::text, Heading::level)
        .containsExactly(tuple("Knots", 1), tuple("Bowline", 2));
  }

  @ParameterizedTest
  @CsvSource({
    "UTF-8, Größe und Maß sind wichtig für die Schönheit der Küste",
    "UTF-16LE, Größe und Maß sind wichtig für die Schönheit der Küste",
    "UTF-16BE, Größe und Maß sind wichtig für die Schönheit der Küste",
    "windows-1252, Größe und Maß sind wichtig für die Schönheit der Küste",
    "windows-1251, Съешь же ещё этих мягких французских булок да выпей чаю",
    "KOI8-R, Съешь же ещё этих мягких французских булок да выпей чаю",
    "Shift_JIS, いろはにほへとちりぬるをわかよたれそつねならむ",
    "EUC-JP, いろはにほへとちりぬるをわかよたれそつねならむ",
    "GB18030, 海水潮汐是由月球和太阳的引力引起的自然现象",
    "Big5, 海水潮汐是由月球和太陽的引力引起的自然現象"
  })
  void textIsReadInItsCharset(String charset, String words) throws IOException {
    String mark = charset.startsWith("UTF-16") ? "\uFEFF" : "";
    String all = mark + (words + ".\r\n").repeat(20) + "\r\n\r\n" + words;
    Path file = Files.write(folder.resolve("t"), all.getBytes(Charset.forName(charset)));

    String read = text(read(new TextParser(), file));

    assertThat(read).startsWith(words).endsWith(words).doesNotContain("\r");
  }

  @Test
  void aLongTextIsCutIntoSectionsAtSentences() throws IOException {
    Path file = file("This is one of very many sentences. ".repeat(1000));

    List<Page> pages = read(new TextParser(), file);

    assertThat(pages).hasSizeBetween(9, 14);
    assertThat(pages).allMatch(it -> it.text().length() <= 3500);
    assertThat(pages).allMatch(it -> it.text().endsWith("."));
    assertThat(pages).extracting(Page::number).startsWith(1, 2, 3);
  }

  @ParameterizedTest
  @CsvSource({
    "en, The tide comes in twice a day and goes out again before the evening",
    "de, Die Flut kommt zweimal am Tag und geht vor dem Abend wieder zurück",
    "fr, La marée monte deux fois par jour et redescend avant le soir",
    "es, La marea sube dos veces al día y vuelve a bajar antes de la noche",
    "pt, A maré sobe duas vezes por dia e desce de novo antes da noite",
    "ru, Прилив приходит два раза в день и снова уходит до вечера",
    "zh, 海水潮汐是由月球和太阳的引力引起的自然现象 每天两次 海水潮汐是由月球和太阳的引力引起的自然现象",
    "und, 12 34 56"
  })
  void theLanguageOfATextIsFound(String language, String text) {
    assertThat(new LanguageFinder().find((text + ". ").repeat(3))).isEqualTo(language);
  }
}
