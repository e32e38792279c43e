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
import java.util.function.Consumer;
import java.util.stream.Stream;

/** One process that reads files, one at a time. Used by one thread; {@link #check} by any. */
final class ReaderProcess implements AutoCloseable {
  private static final int OUT_OF_MEMORY = 3;

  private final ReaderSettings settings;
  private final Process process;
  private final Path scratch;
  private final DataOutputStream out;
  private final DataInputStream in;
  private volatile long begun;
  private volatile long heard;
  private volatile boolean busy;
  private volatile boolean late;

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

  /** The command of a process: little memory, and behind everything else on the processor. */
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
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:MaxMetaspaceSize=96m",
            "-XX:ReservedCodeCacheSize=48m",
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
    try {
      Wire.write(out, asked);
      while (true) {
        Wire.Answer answer = Wire.answer(in);
        heard = System.nanoTime();
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
    process.destroyForcibly();
    if (late) {
      return Failure.of(
          Failure.Code.INVALID_ARGUMENT,
          "DEADLINE_EXCEEDED",
          "reading the file takes too long; split it, or save it anew");
    }
    boolean memory = exitCode() == OUT_OF_MEMORY;
    return memory
        ? Failure.of(
            Failure.Code.INVALID_ARGUMENT,
            "TOO_LARGE",
            "reading the file takes more than " + settings.memoryMb() + " MB of memory")
        : Failure.unavailable("the process that reads files ended", Duration.ofSeconds(1))
            .causedBy(e);
  }

  private int exitCode() {
    try {
      return process.waitFor();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return -1;
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Ends it when it takes too long. */
  void check(long now) {
    boolean stalled = now - heard > settings.stall().toNanos();
    if (busy && (stalled || now - begun > settings.total().toNanos())) {
      late = true;
      process.destroyForcibly();
    }
  }

  /** Whether nothing was asked of it for long. */
  boolean isIdle(long now) {
    return !busy && now - heard > settings.idle().toNanos();
  }

  /** Its process number. */
  long pid() {
    return process.pid();
  }

  /** Ends it and removes its temporary files. */
  @Override
  public void close() {
    process.destroyForcibly();
    exitCode();
    try (Stream<Path> left = Files.walk(scratch)) {
      left.sorted(Comparator.reverseOrder()).forEach(it -> it.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
