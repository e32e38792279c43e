package dev.parley.e2e;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Asks a door at a fixed rate from another address of loopback, whatever it is told. */
final class Insistent implements AutoCloseable {
  private static final int THREADS = 10;
  private final HttpRequest request;
  private final long pauseNanos;
  private final AtomicInteger asked = new AtomicInteger();
  private final Queue<String> refused = new ConcurrentLinkedQueue<>();
  private final Queue<Exception> lost = new ConcurrentLinkedQueue<>();
  private final List<Thread> threads = new ArrayList<>();

  private Insistent(URI uri, int aSecond) {
    this.request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10)).build();
    this.pauseNanos = TimeUnit.SECONDS.toNanos(THREADS) / aSecond;
    for (int i = 0; i < THREADS; i++) {
      threads.add(Thread.ofVirtual().start(this::ask));
    }
  }

  static Insistent begin(URI uri, int aSecond) {
    return new Insistent(uri, aSecond);
  }

  private void ask() {
    try (HttpClient elsewhere =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .localAddress(InetAddress.getByName("127.0.0.2"))
            .build()) {
      for (long due = System.nanoTime(); ; due += pauseNanos) {
        TimeUnit.NANOSECONDS.sleep(Math.max(0, due - System.nanoTime()));
        ask(elsewhere);
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      lost.add(e);
    }
  }

  private void ask(HttpClient elsewhere) throws InterruptedException {
    try {
      var answer = elsewhere.send(request, BodyHandlers.ofString());
      asked.incrementAndGet();
      if (answer.statusCode() != 200) {
        refused.add(answer.statusCode() + " " + answer.body());
      }
    } catch (IOException e) {
      lost.add(e);
    }
  }

  int asked() {
    return asked.get();
  }

  /** Status and body of every answer that was none. */
  List<String> refused() {
    return List.copyOf(refused);
  }

  /** Whatever had no answer at all. */
  List<Exception> lost() {
    return List.copyOf(lost);
  }

  @Override
  public void close() throws InterruptedException {
    threads.forEach(Thread::interrupt);
    for (Thread it : threads) {
      it.join();
    }
  }
}
