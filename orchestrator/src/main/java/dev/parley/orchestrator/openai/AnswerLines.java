package dev.parley.orchestrator.openai;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Lines of an answer as they come, read by a virtual thread into a bounded queue so that waiting
 * for one has an end. Used by one thread; closing it drops the connection.
 */
final class AnswerLines implements AutoCloseable {
  private static final int AHEAD = 256;
  private static final int LONGEST = 1 << 20;

  /** A line, or the end, or what went wrong. */
  private record Item(String line, boolean end, Optional<Exception> fault) {}

  private final BlockingQueue<Item> items = new ArrayBlockingQueue<>(AHEAD);
  private final CompletableFuture<HttpResponse<Stream<String>>> response;
  private final Thread reader;

  AnswerLines(HttpClient http, HttpRequest request) {
    this.response = http.sendAsync(request, BodyHandlers.ofLines());
    this.reader = Thread.ofVirtual().name("model-answer").start(this::read);
  }

  /** The next line; empty when none came in that time. */
  Optional<String> next(Duration wait) throws InterruptedException, IOException, ModelFault {
    Item item = items.poll(wait.toMillis(), TimeUnit.MILLISECONDS);
    if (item == null) {
      return Optional.empty();
    }
    if (item.fault().isPresent()) {
      if (item.fault().get() instanceof ModelFault fault) {
        throw fault;
      }
      throw new IOException(item.fault().get());
    }
    if (item.end()) {
      throw new ModelFault("the answer broke off", true);
    }
    return Optional.of(item.line());
  }

  private void read() {
    try {
      HttpResponse<Stream<String>> answer = response.join();
      int status = answer.statusCode();
      try (Stream<String> lines = answer.body()) {
        if (status != 200) {
          boolean passing = status == 408 || status == 429 || status >= 500;
          put(new Item("", true, Optional.of(new ModelFault("the model server answered " + status, passing))));
          return;
        }
        lines.forEach(it -> put(new Item(it.length() > LONGEST ? "data: {" : it, false, Optional.empty())));
      }
      put(new Item("", true, Optional.empty()));
    } catch (RuntimeException e) {
      items.offer(new Item("", true, Optional.of(e)));
    }
  }

  private void put(Item item) {
    try {
      items.put(item);
    } catch (InterruptedException e) {
      throw new java.util.concurrent.CancellationException("closed");
    }
  }

  @Override
  public void close() {
    response.cancel(true);
    reader.interrupt();
  }
}
