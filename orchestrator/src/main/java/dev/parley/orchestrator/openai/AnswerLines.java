package dev.parley.orchestrator.openai;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Lines of an answer as they come, read by a virtual thread into a bounded queue so that waiting
 * for one has an end. A line and an answer are bounded in bytes. Used by one thread; closing it
 * drops the connection at once.
 */
final class AnswerLines implements AutoCloseable {
  private static final int AHEAD = 256;
  private static final int LONGEST_LINE = 1 << 20;
  private static final int LONGEST_ANSWER = 16 << 20;

  /** What comes from the server. */
  sealed interface Item {}

  /** A line. */
  record Line(String text) implements Item {}

  /** The server has nothing more to say. */
  record End() implements Item {}

  /** Nothing more comes, and why. */
  record Broken(ModelFault fault) implements Item {}

  private final BlockingQueue<Item> items = new ArrayBlockingQueue<>(AHEAD);
  private final HttpClient http;
  private final HttpRequest request;
  private final Thread reader;

  AnswerLines(HttpClient http, HttpRequest request) {
    this.http = http;
    this.request = request;
    this.reader = Thread.ofVirtual().name("model-answer").start(this::read);
  }

  /** What came next; empty when nothing did in that time. */
  Optional<Item> next(Duration wait) throws InterruptedException {
    return Optional.ofNullable(items.poll(wait.toMillis(), TimeUnit.MILLISECONDS));
  }

  private void read() {
    try (InputStream in = opened()) {
      lines(in);
      items.put(new End());
    } catch (ModelFault fault) {
      broken(fault);
    } catch (IOException e) {
      broken(new ModelFault("the model server is gone: " + e.getClass().getSimpleName(), true));
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private InputStream opened() throws IOException, InterruptedException, ModelFault {
    HttpResponse<InputStream> answer = http.send(request, BodyHandlers.ofInputStream());
    int status = answer.statusCode();
    if (status == 200) {
      return answer.body();
    }
    answer.body().close();
    boolean passing = status == 408 || status == 429 || status >= 500;
    throw new ModelFault("the model server answered " + status, passing, retryAfter(answer));
  }

  /** In seconds; the other form, a date, is not used by model servers and is left out. */
  private static Optional<Duration> retryAfter(HttpResponse<?> answer) {
    return answer
        .headers()
        .firstValue("Retry-After")
        .filter(it -> it.matches("\\d{1,6}(\\.\\d{1,9})?"))
        .map(it -> Duration.ofMillis((long) (Double.parseDouble(it) * 1000)));
  }

  private void lines(InputStream in) throws IOException, InterruptedException, ModelFault {
    var line = new ByteArrayOutputStream(512);
    byte[] buffer = new byte[8192];
    long total = 0;
    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
      total += count;
      for (int i = 0; i < count; i++) {
        if (buffer[i] == '\n') {
          items.put(new Line(line.toString(StandardCharsets.UTF_8)));
          line.reset();
        } else {
          line.write(buffer[i]);
        }
      }
      if (line.size() > LONGEST_LINE || total > LONGEST_ANSWER) {
        throw new ModelFault("the model server sent more than an answer can be", false);
      }
    }
  }

  private void broken(ModelFault fault) {
    try {
      items.put(new Broken(fault));
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    reader.interrupt();
  }
}
