package dev.parley.e2e;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Asks a door at a fixed rate from another address of loopback, whatever it is told. */
final class Insistent implements AutoCloseable {
  private final HttpClient elsewhere;
  private final HttpRequest request;
  private final long pauseNanos;
  private final AtomicInteger asked = new AtomicInteger();
  private final Queue<String> refused = new ConcurrentLinkedQueue<>();
  private final Queue<Throwable> lost = new ConcurrentLinkedQueue<>();
  private final List<CompletableFuture<?>> answers = new ArrayList<>();
  private final Thread thread;

  private Insistent(URI uri, int aSecond) throws IOException {
    this.request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(30)).build();
    this.pauseNanos = TimeUnit.SECONDS.toNanos(1) / aSecond;
    this.elsewhere =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .localAddress(InetAddress.getByName("127.0.0.2"))
            .build();
    this.thread = Thread.ofVirtual().start(this::ask);
  }

  static Insistent begin(URI uri, int aSecond) throws IOException {
    return new Insistent(uri, aSecond);
  }

  private void ask() {
    try {
      for (long due = System.nanoTime(); ; due += pauseNanos) {
        TimeUnit.NANOSECONDS.sleep(Math.max(0, due - System.nanoTime()));
        answers.add(elsewhere.sendAsync(request, BodyHandlers.ofString()).handle(this::heard));
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private Void heard(HttpResponse<String> answer, Throwable failed) {
    asked.incrementAndGet();
    if (failed != null) {
      lost.add(failed);
    } else if (answer.statusCode() != 200) {
      refused.add(answer.statusCode() + " " + answer.body());
    }
    return null;
  }

  int asked() {
    return asked.get();
  }

  /** Status and body of every answer that was none. */
  List<String> refused() {
    return List.copyOf(refused);
  }

  /** Whatever had no answer at all. */
  List<Throwable> lost() {
    return List.copyOf(lost);
  }

  /** Asks no more, and waits for the last answers. */
  @Override
  public void close() throws InterruptedException {
    thread.interrupt();
    thread.join();
    answers.forEach(CompletableFuture::join);
    elsewhere.shutdownNow();
  }
}
