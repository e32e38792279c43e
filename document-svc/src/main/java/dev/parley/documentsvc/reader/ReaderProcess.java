package dev.parley.documentsvc.reader;

import dev.parley.documentsvc.library.Reading;
import dev.parley.kit.failure.Failure;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** One process that reads files, one at a time. Used by one thread; {@link #check} by any. */
final class ReaderProcess implements AutoCloseable {
  private static final int OUT_OF_MEMORY = 3;
  private static final int INTERRUPTED = -1;
  private static final int ENDS_WITHIN_MS = 1000;

  /** Aborted, bus error, segment violation: 128 and the signal. */
  private static final Set<Integer> CRASHED = Set.of(134, 135, 139);

  private final ReaderSettings settings;
  private final Process process;
  private final Path scratch;
  private final DataOutputStream out;
  private final DataInputStream in;
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile long begun;
  private volatile long heard;
  private volatile boolean busy;
  private volatile boolean late;
  private volatile boolean answered = true;

  private ReaderProcess(ReaderSettings settings, Process process, Path scratch) {
    this.settings = settings;
    this.scratch = scratch;
    this.process = process;
    this.out = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
    this.in = new DataInputStream(new BufferedInputStream(process.getInputStream(), 1 << 16));
    this.heard = System.nanoTime();
  }

  /** Starts one with the class path that reading needs. */
  static ReaderProcess start(ReaderSettings settings, List<String> command) {
    try {
      Path scratch = Files.createTempDirectory(settings.scratch(), "reader");
      var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
      builder.environment().put("JDK_JAVA_OPTIONS", "-Djava.io.tmpdir=" + scratch);
      return new ReaderProcess(settings, builder.start(), scratch);
    } catch (IOException e) {
      throw Failure.unavailable("the process that reads files did not start", Duration.ofSeconds(5))
          .causedBy(e);
    }
  }

  /**
   * The command of a process: little memory, and behind everything else on the processor. Compiled
   * quickly rather than well: most files are read before the better compiler would have paid.
   */
  static List<String> command(ReaderSettings settings, String classPath, String main) {
    List<String> command = new ArrayList<>();
    if (new java.io.File("/usr/bin/nice").canExecute()) {
      command.addAll(List.of("/usr/bin/nice", "-n", "5"));
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx" + settings.memoryMb() + "m",
            "-Xms16m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:+DisplayVMOutputToStderr",
            "-XX:MaxMetaspaceSize=96m",
            "-XX:ReservedCodeCacheSize=32m",
            "-XX:MaxDirectMemorySize=16m",
            "-XX:-UsePerfData",
            "-Xshare:auto",
            "-Djava.awt.headless=true",
            "-Dpdfbox.fontcache=" + settings.scratch(),
            "-cp",
            classPath,
            main,
            settings.tesseract()));
    return command;
  }

  /**
   * Asks for something and waits for all of it.
   *
   * @param to takes what is read on the way
   * @return what was asked for
   */
  byte[] ask(Wire.Asked asked, Consumer<Reading> to) {
    begun = System.nanoTime();
    heard = begun;
    late = false;
    busy = true;
    answered = false;
    try {
      Wire.write(out, asked);
      while (true) {
        Wire.Answer answer = Wire.answer(in);
        heard = System.nanoTime();
        answered = !(answer instanceof Wire.Answer.Some);
        switch (answer) {
          case Wire.Answer.Some some -> to.accept(some.reading());
          case Wire.Answer.Done done -> {
            return done.result();
          }
          case Wire.Answer.Refused no ->
              throw Failure.of(Failure.Code.valueOf(no.code()), no.reason(), no.message());
        }
        heard = System.nanoTime();
      }
    } catch (IOException e) {
      throw died(e);
    } finally {
      busy = false;
      heard = System.nanoTime();
    }
  }

  private Failure died(IOException e) {
    int code = ending();
    if (late) {
      return unread(
          "DEADLINE_EXCEEDED", "reading the file takes too long; split it or save it anew");
    }
    if (code == OUT_OF_MEMORY) {
      String limit = settings.memoryMb() + " MB of memory";
      return unread("TOO_LARGE", "reading the file takes more than " + limit);
    }
    if (CRASHED.contains(code)) {
      return unread("DOCUMENT_UNREADABLE", "the file ends the process that reads it; save it anew");
    }
    return Failure.unavailable("the process that reads files ended", Duration.ofSeconds(1))
        .causedBy(e);
  }

  private static Failure unread(String reason, String message) {
    return Failure.of(Failure.Code.INVALID_ARGUMENT, reason, message);
  }

  /** Its exit code; a process that broke its word but did not end is ended. */
  private int ending() {
    try {
      if (!process.waitFor(ENDS_WITHIN_MS, TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
      return process.waitFor();
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      return INTERRUPTED;
    }
  }

  /** Whether it may be asked: it runs and its last answer was whole, if only a refusal. */
  boolean isReady() {
    return answered && process.isAlive();
  }

  /** Ends it when it takes too long. */
  void check(long now) {
    boolean stalled = now - heard > settings.stall().toNanos();
    if (busy && (stalled || now - begun > settings.total().toNanos())) {
      late = true;
      process.destroyForcibly();
    }
  }

  boolean isIdle(long now) {
    return !busy && now - heard > settings.idle().toNanos();
  }

  long pid() {
    return process.pid();
  }

  /** Ends it and removes its temporary files; also by several threads. */
  @Override
  public void close() {
    process.destroyForcibly();
    ending();
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    try (Stream<Path> left = Files.walk(scratch)) {
      left.sorted(Comparator.reverseOrder()).forEach(it -> it.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
