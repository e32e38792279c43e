package dev.parley.documentsvc.reader;

import dev.parley.documentsvc.library.FileReader;
import dev.parley.documentsvc.library.Format;
import dev.parley.documentsvc.library.Reading;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Processes that read files: some for whole files, one for pictures, which somebody waits for. None
 * runs while nothing is read. Thread-safe.
 */
public final class ReaderPool implements FileReader, AutoCloseable {
  private static final int CHECK_MS = 500;

  private final List<ReaderLane> files = new ArrayList<>();
  private final ReaderLane pictures;
  private final AtomicInteger next = new AtomicInteger();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("reader-clock").factory());

  /**
   * Starts nothing yet.
   *
   * @param lanes files read at once
   * @param main name of the class that reads
   */
  public ReaderPool(int lanes, ReaderSettings settings, String main) {
    List<String> command = ReaderProcess.command(settings, ReaderClassPath.find(), main);
    for (int i = 0; i < lanes; i++) {
      files.add(new ReaderLane(settings, command));
    }
    this.pictures = new ReaderLane(settings, command);
    clock.scheduleWithFixedDelay(this::check, CHECK_MS, CHECK_MS, TimeUnit.MILLISECONDS);
  }

  private void check() {
    long now = System.nanoTime();
    files.forEach(it -> it.check(now));
    pictures.check(now);
  }

  @Override
  public void read(Path file, Format format, Consumer<Reading> to) {
    lane().ask(new Wire.Asked.Read(file.toAbsolutePath(), format), to);
  }

  @Override
  public byte[] picture(Path file, int page, int width) {
    return pictures.ask(new Wire.Asked.Draw(file.toAbsolutePath(), page, width), _ -> {});
  }

  @Override
  public String language(String text) {
    return new String(lane().ask(new Wire.Asked.Find(text), _ -> {}), StandardCharsets.UTF_8);
  }

  private ReaderLane lane() {
    return files.stream()
        .filter(ReaderLane::isFree)
        .findFirst()
        .orElseGet(() -> files.get(Math.floorMod(next.getAndIncrement(), files.size())));
  }

  /** Numbers of the processes that run now. */
  public List<Long> pids() {
    List<Long> pids = new ArrayList<>();
    files.forEach(it -> it.pid().ifPresent(pids::add));
    pictures.pid().ifPresent(pids::add);
    return pids;
  }

  @Override
  public void close() {
    clock.shutdownNow();
    files.forEach(ReaderLane::close);
    pictures.close();
  }
}
