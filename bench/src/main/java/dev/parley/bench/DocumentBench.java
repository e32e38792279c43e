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
  private static final int MEMORY_MB = 160;

  private DocumentBench() {}

  /** What reading one file took. */
  private record Took(int pages, double wall, double cpu, double childMb, double silence) {}

  /** Books of so many pages, and a text of so many megabytes. */
  static Report run(int pages, int megabytes, int peerPages)
      throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("papers");
    Report report =
        new Report("documents")
            .with("reader heap", MEMORY_MB + " MB")
            .with("PDF", pages + " pages of 42 lines; peers read " + peerPages);
    book(report, LongPapers.pdf(folder.resolve("a.pdf"), pages, true), "typeset", peerPages);
    book(
        report,
        LongPapers.pdf(folder.resolve("b.pdf"), pages, false),
        "one string a line",
        peerPages);
    Took text = read(LongPapers.text(folder.resolve("c.txt"), megabytes), Format.TXT);
    report.figure("text of " + megabytes + " MB: MB/s, CPU", megabytes / text.cpu, "/s");
    return bounded(report, "text", text);
  }

  private static void book(Report report, Path file, String kind, int peerPages)
      throws IOException, InterruptedException {
    Took took = read(file, Format.PDF);
    double rate = took.pages / took.cpu;
    report.figure("PDF, " + kind + ": pages/s, wall", took.pages / took.wall, "/s");
    report.figure("PDF, " + kind + ": pages/s, CPU", rate, "/s");
    Optional<Double> miner = peer("pdfminer", file, peerPages);
    Optional<Double> pypdf = peer("pypdf", file, peerPages);
    miner.ifPresent(it -> report.figure("  pdfminer.six: pages/s, CPU", it, "/s"));
    pypdf.ifPresent(it -> report.figure("  pypdf: pages/s, CPU", it, "/s"));
    pypdf.ifPresent(it -> report.atLeast("  times pypdf", rate / it, 5, ""));
    bounded(report, "PDF, " + kind, took);
  }

  private static Report bounded(Report report, String what, Took took) {
    report.atMost(what + ": most memory of the reader", took.childMb, 256, "MB");
    return report.atMost(what + ": longest silence", took.silence, 1, "s");
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
