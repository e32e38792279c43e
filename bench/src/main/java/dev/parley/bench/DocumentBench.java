package dev.parley.bench;

import dev.parley.bench.report.Processes;
import dev.parley.bench.report.Report;
import dev.parley.bench.stub.LongPapers;
import dev.parley.documentsvc.ReaderMain;
import dev.parley.documentsvc.library.Format;
import dev.parley.documentsvc.library.Reading;
import dev.parley.documentsvc.reader.ReaderPool;
import dev.parley.documentsvc.reader.ReaderSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Reading of files as the product does it, in a process of its own whose start counts: pages a
 * second beside pypdf and pdfminer.six on the same file, memory, and the longest time without a
 * sign of progress. Rates are by CPU time, which neighbours on the machine disturb least.
 */
final class DocumentBench {
  private static final int MEMORY_MB = 192;

  private DocumentBench() {}

  /** What reading one file took. */
  private record Took(int pages, double wall, double cpu, double childMb, double silence) {}

  /** A book of so many pages, and a text of so many megabytes. */
  static Report run(int pages, int megabytes, int peerPages)
      throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("papers");
    Path book = LongPapers.pdf(folder.resolve("book.pdf"), pages);
    Path text = LongPapers.text(folder.resolve("book.txt"), megabytes);
    Report report = new Report("documents").with("reader heap", MEMORY_MB + " MB");
    Took pdf = read(book, Format.PDF);
    Took txt = read(text, Format.TXT);
    double rate = pdf.pages / pdf.cpu;
    report.figure("PDF of " + pages + " pages: pages/s, wall", pdf.pages / pdf.wall, "/s");
    report.figure("PDF of " + pages + " pages: pages/s, CPU", rate, "/s");
    peer("pdfminer", book, peerPages)
        .ifPresent(it -> report.figure("pdfminer.six: pages/s, CPU", it, "/s"));
    peer("pypdf", book, peerPages)
        .ifPresent(it -> {
          report.figure("pypdf: pages/s, CPU", it, "/s");
          report.atLeast("times pypdf", rate / it, 5, "");
        });
    report.atMost("PDF: most memory of the reader", pdf.childMb, 256, "MB");
    report.atMost("PDF: longest silence", pdf.silence, 1, "s");
    report.figure("text of " + megabytes + " MB: MB/s, CPU", megabytes / txt.cpu, "/s");
    report.atMost("text: most memory of the reader", txt.childMb, 256, "MB");
    return report.atMost("text: longest silence", txt.silence, 1, "s");
  }

  private static Took read(Path file, Format format) {
    var bounds =
        new ReaderSettings(
            MEMORY_MB,
            Duration.ofMinutes(1),
            Duration.ofHours(1),
            Duration.ofMinutes(1),
            "no-such-program",
            file.getParent());
    try (var pool = new ReaderPool(1, bounds, ReaderMain.class.getName())) {
      var watch = new Watch(pool);
      long begun = System.nanoTime();
      pool.read(file, format, watch::heard);
      double wall = (System.nanoTime() - begun) / 1e9;
      var child = ProcessHandle.of(pool.pids().getFirst()).orElseThrow();
      return new Took(
          watch.pages, wall, Processes.treeCpuSeconds(child), watch.mostMb, watch.silence);
    }
  }

  /** Looks at the process at every tenth page, and counts the time between signs of progress. */
  private static final class Watch {
    private final ReaderPool pool;
    private int pages;
    private double mostMb;
    private double silence;
    private long last;

    Watch(ReaderPool pool) {
      this.pool = pool;
    }

    void heard(Reading it) {
      long now = System.nanoTime();
      silence = last == 0 ? 0 : Math.max(silence, (now - last) / 1e9);
      last = now;
      pages += it instanceof Reading.PageRead ? 1 : 0;
      if (pages % 200 == 0) {
        pool.pids().forEach(pid -> mostMb = Math.max(mostMb, Processes.peakMb(pid)));
      }
    }
  }

  /** Pages a second of CPU time; empty where Python with the libraries is not given. */
  private static Optional<Double> peer(String library, Path file, int pages)
      throws IOException, InterruptedException {
    String python = System.getProperty("bench.python", "");
    if (python.isEmpty()) {
      return Optional.empty();
    }
    String script = Path.of(System.getProperty("bench.peers"), "pdf_text.py").toString();
    Process process =
        new ProcessBuilder(python, script, library, file.toString(), String.valueOf(pages))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String[] said = new String(process.getInputStream().readAllBytes()).strip().split(" ");
    return process.waitFor() == 0
        ? Optional.of(pages / Double.parseDouble(said[1]))
        : Optional.empty();
  }
}
