package dev.parley.bench;

import dev.parley.bench.report.Percentiles;
import dev.parley.bench.report.Report;
import dev.parley.memorysvc.embedding.Vector;
import dev.parley.memorysvc.lucene.LuceneVectorStore;
import dev.parley.memorysvc.vectors.CollectionKey;
import dev.parley.memorysvc.vectors.Deadline;
import dev.parley.memorysvc.vectors.Point;
import dev.parley.memorysvc.vectors.PointHit;
import dev.parley.memorysvc.vectors.PointQuery;
import dev.parley.memorysvc.vectors.VectorSpace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * P7: hybrid search in the store on disk as the service calls it, one question at a time and eight
 * at once, and how many of the ten exactly nearest are found by meaning; after each size, how long
 * and how large. A folder that is kept is filled once and asked as often as one likes.
 */
final class SearchBench {
  private static final CollectionKey KEY = new CollectionKey("bench", "passages");
  private static final int BATCH = 1000;
  private static final int FIRST = 10;
  private static final long QUESTIONS = 1L << 40;
  private static final int JUDGED = 100;
  private static final int AT_ONCE = 8;

  /** Seconds without a change of the files; the store merges after 30 without a change. */
  private static final int SETTLED = 40;

  private final Passages passages = new Passages();
  private final int asked;
  private final Report report;

  private SearchBench(int asked, Report report) {
    this.asked = asked;
    this.report = report;
  }

  /** Sizes rising; {@code asked} questions at each; a folder that stays, or empty. */
  static Report run(List<Integer> sizes, int asked, String kept) throws Exception {
    Path folder = kept.isEmpty() ? Files.createTempDirectory("parley-search") : Path.of(kept);
    Report report =
        new Report("search")
            .with("questions at each size", asked)
            .with("heap", Runtime.getRuntime().maxMemory() / (1 << 20) + " MB")
            .with(
                "vector module", ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent());
    try (LuceneVectorStore store = LuceneVectorStore.open(folder)) {
      if (store.find(KEY).isEmpty()) {
        store.create(KEY, new VectorSpace(Passages.DIMENSIONS, "bench", false));
      }
      new SearchBench(asked, report).grow(store, folder, sizes);
    } finally {
      if (kept.isEmpty()) {
        delete(folder);
      }
    }
    return report;
  }

  private void grow(LuceneVectorStore store, Path folder, List<Integer> sizes) throws Exception {
    for (int size : sizes) {
      String name = size + ": ";
      int from = (int) store.find(KEY).orElseThrow().points();
      if (from < size) {
        long begun = System.nanoTime();
        for (int next = from; next < size; next += BATCH) {
          store.upsert(KEY, batch(next, Math.min(next + BATCH, size)));
        }
        report.figure(name + "put, 1000 a commit", (size - from) / seconds(begun), "points/s");
      }
      settle(folder);
      report.figure(name + "on disk", bytes(folder) / 1e6, "MB");
      report.figure(name + "segments", segments(folder), "");
      questions(0, asked).forEach(query -> store.query(KEY, query));
      Percentiles alone = times(store, 1);
      report.figure(name + "hybrid, CPU a question", cpu(store), "ms");
      report.figure(name + "hybrid, alone, p50", alone.at(0.5), "ms");
      report.atMost(name + "hybrid, alone, p95", alone.at(0.95), 10, "ms");
      Percentiles together = times(store, AT_ONCE);
      report.figure(name + "hybrid, eight at once, p50", together.at(0.5), "ms");
      report.figure(name + "hybrid, eight at once, p95", together.at(0.95), "ms");
      report.atLeast(name + "recall@10 by meaning", recall(store, size), 0.97, "");
    }
  }

  private List<Point> batch(int from, int to) {
    List<Point> points = new ArrayList<>();
    for (int i = from; i < to; i++) {
      points.add(new Point("p" + i, Optional.of(passages.vector(i)), passages.text(i), List.of()));
    }
    return points;
  }

  private List<PointQuery> questions(int from, int count) {
    List<PointQuery> questions = new ArrayList<>();
    for (long i = QUESTIONS + from; i < QUESTIONS + from + count; i++) {
      questions.add(
          new PointQuery(
              Optional.of(passages.vector(i)),
              passages.question(i),
              List.of(),
              FIRST,
              Deadline.none()));
    }
    return questions;
  }

  /** Milliseconds of each question, so many at once. */
  private Percentiles times(LuceneVectorStore store, int atOnce) throws Exception {
    List<Double> times = Collections.synchronizedList(new ArrayList<>());
    List<Callable<Boolean>> work = new ArrayList<>();
    for (PointQuery question : questions(asked, asked)) {
      work.add(() -> {
        long begun = System.nanoTime();
        store.query(KEY, question);
        return times.add(seconds(begun) * 1000);
      });
    }
    try (var threads = Executors.newFixedThreadPool(atOnce)) {
      for (var done : threads.invokeAll(work)) {
        done.get();
      }
    }
    return Percentiles.of(times);
  }

  /** Of the asking thread, which does all of the work; says more than time on a busy machine. */
  private double cpu(LuceneVectorStore store) {
    List<PointQuery> questions = questions(2 * asked, asked);
    var threads = ManagementFactory.getThreadMXBean();
    long begun = threads.getCurrentThreadCpuTime();
    questions.forEach(question -> store.query(KEY, question));
    return (threads.getCurrentThreadCpuTime() - begun) / 1e6 / asked;
  }

  private double recall(LuceneVectorStore store, int size) {
    List<Vector> asked = new ArrayList<>();
    List<PriorityQueue<Scored>> exact = new ArrayList<>();
    for (int q = 0; q < JUDGED; q++) {
      asked.add(passages.vector(QUESTIONS + q));
      exact.add(new PriorityQueue<>(Comparator.comparingDouble(Scored::cosine)));
    }
    for (int i = 0; i < size; i++) {
      Vector vector = passages.vector(i);
      for (int q = 0; q < JUDGED; q++) {
        exact.get(q).add(new Scored("p" + i, vector.cosine(asked.get(q))));
        if (exact.get(q).size() > FIRST) {
          exact.get(q).poll();
        }
      }
    }
    int found = 0;
    for (int q = 0; q < JUDGED; q++) {
      Set<String> nearest = exact.get(q).stream().map(Scored::id).collect(Collectors.toSet());
      List<PointHit> hits =
          store.query(KEY, PointQuery.nearest(asked.get(q), List.of(), FIRST)).hits();
      found += (int) hits.stream().filter(hit -> nearest.contains(hit.point().id())).count();
    }
    return found / (double) (JUDGED * FIRST);
  }

  private record Scored(String id, double cosine) {}

  /** Waits until the store has merged what it wants to, so that a steady state is measured. */
  private static void settle(Path folder) throws InterruptedException {
    double before = -1;
    for (int same = 0; same < SETTLED; ) {
      Thread.sleep(1000);
      double now = bytes(folder);
      same = now == before ? same + 1 : 0;
      before = now;
    }
  }

  private static long segments(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(it -> it.toString().endsWith(".si")).count();
    }
  }

  private static double bytes(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).mapToLong(SearchBench::size).sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException merged) {
      return 0;
    }
  }

  private static double seconds(long begun) {
    return (System.nanoTime() - begun) / 1e9;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
