package dev.parley.documentsvc.reader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.documentsvc.ReaderMain;
import dev.parley.documentsvc.library.Format;
import dev.parley.documentsvc.office.DocxMaker;
import dev.parley.documentsvc.pdf.PdfMaker;
import dev.parley.kit.failure.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Thousands of wrong files for every parser, the same ones every time: one process reads them all,
 * ends each with text or with a reason, and neither crashes nor hangs nor grows.
 */
@EnabledIfSystemProperty(named = "parley.long", matches = "true")
@Timeout(value = 1200, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FuzzTest {
  private static final int FILES = 2_000;
  private static final int HEAP_MB = 96;
  private static final int MOST_MB = 256;
  private static final Set<String> REASONS =
      Set.of("DOCUMENT_UNREADABLE", "DOCUMENT_ENCRYPTED", "DOCUMENT_HAS_NO_TEXT", "TOO_LARGE");
  private static final String TEXT =
      "# The kettle\n\nIt is *descaled* on the 1. of May.\n\n| when | who |\n| - | - |\n"
          + "| May | Ada |\n\n> Quoted `code` [here](http://example.org).\n\n1. one\n2. two\n";
  private static final String PAGE =
      "<!doctype html><html lang=en><head><meta charset=utf-8><title>Kettle</title></head><body>"
          + "<nav>menu</nav><h1>The kettle</h1><p>It is <b>descaled</b> in May &amp; June.</p>"
          + "<table><tr><th>when<td>May</table><ul><li>one<li>two</ul><pre>a  b</pre></body>";

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(Format.class)
  void everyWrongFileEndsWithTextOrWithAReason(Format format) throws IOException {
    List<byte[]> good = good(format);
    Map<String, Integer> ends = new TreeMap<>();
    Set<Long> processes = new HashSet<>();
    try (ReaderPool pool = pool()) {
      for (int seed = 0; seed < FILES; seed++) {
        byte[] bad = bad(format, good.get(seed % good.size()), seed);
        String end = read(pool, Files.write(folder.resolve("wrong"), bad), format, seed);
        ends.merge(end, 1, Integer::sum);
        processes.addAll(pool.pids());
      }
      assertThat(residentMb(pool.pids().getFirst()))
          .as("memory of the process")
          .isLessThan(MOST_MB);
    }
    System.out.println(format + ": " + ends + ", " + processes.size() + " processes");
    assertThat(processes)
        .as("one process, and one more for each that was too large")
        .hasSizeLessThanOrEqualTo(1 + ends.getOrDefault("TOO_LARGE", 0));
  }

  private ReaderPool pool() {
    var bounds =
        new ReaderSettings(
            HEAP_MB,
            Duration.ofSeconds(60),
            Duration.ofSeconds(60),
            Duration.ofMinutes(10),
            "no-such-program",
            folder);
    return new ReaderPool(1, bounds, ReaderMain.class.getName());
  }

  private static String read(ReaderPool pool, Path file, Format format, int seed) {
    try {
      pool.read(file, format, _ -> {});
      return "read";
    } catch (Failure e) {
      assertThat(REASONS).as(format + " " + seed + ": " + e.getMessage()).contains(e.reason());
      assertThat(e.getMessage())
          .as(format + " " + seed)
          .isNotBlank()
          .doesNotContain("ends the process");
      return e.reason();
    }
  }

  private static byte[] bad(Format format, byte[] good, int seed) throws IOException {
    Mutations mutations = new Mutations(seed);
    return format == Format.DOCX && seed % 3 > 0 ? mutations.ofPackage(good) : mutations.of(good);
  }

  private List<byte[]> good(Format format) throws IOException {
    return switch (format) {
      case PDF -> List.of(Files.readAllBytes(pdf()), plainPdf());
      case DOCX -> List.of(Files.readAllBytes(docx()));
      case HTML -> List.of(PAGE.getBytes(StandardCharsets.UTF_8));
      case MARKDOWN -> List.of(TEXT.getBytes(StandardCharsets.UTF_8));
      case TXT ->
          List.of(
              TEXT.getBytes(StandardCharsets.UTF_8),
              TEXT.getBytes(StandardCharsets.UTF_16),
              "Öl, Käse, Größe: täglich früh.\n".repeat(9).getBytes(StandardCharsets.ISO_8859_1));
    };
  }

  private Path pdf() {
    return new PdfMaker()
        .title("Kettle", "Ada")
        .page()
        .lines(72, 72, List.of("The kettle is descaled", "on the first of May by Ada."))
        .page()
        .lines(72, 72, List.of("Nobody else", "may touch it."))
        .outline("Nobody else", 2)
        .romanLabels(1)
        .save(folder.resolve("good.pdf"));
  }

  /** With nothing compressed, so that its drawing operators go wrong too. */
  private static byte[] plainPdf() {
    String content =
        "q 1 0 0 1 0 0 cm BT /F 11 Tf 14 TL 72 700 Td (The kettle is) Tj T* [(des)-20(caled) 4] TJ"
            + " 0 Tr 2 Ts 1 Tc 3 Tw 90 Tz 1 0 0 1 72 600 Tm (in May) ' ET Q /X Do";
    return RawPdf.page(
            "0 0 595 842", "/PageLabels<</Nums[0<</S/r>>]>>", "", RawPdf.latin(content), "")
        .bytes();
  }

  private Path docx() {
    return new DocxMaker()
        .heading(1, "The kettle")
        .paragraph("It is descaled in May.")
        .row("when", "who")
        .row("May", "Ada")
        .save(folder.resolve("good.docx"));
  }

  private static long residentMb(long pid) throws IOException {
    try (var lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
      return lines
          .filter(it -> it.startsWith("VmRSS:"))
          .mapToLong(it -> Long.parseLong(it.replaceAll("\\D", "")) / 1024)
          .findFirst()
          .orElseThrow();
    }
  }
}
