package dev.parley.speechsvc.remote;

import dev.parley.speechsvc.dsp.Pcm;
import dev.parley.speechsvc.dsp.WavFile;
import dev.parley.speechsvc.recognition.Hypothesis;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A server that speaks OpenAI's {@code POST /audio/transcriptions}: a WAV file as multipart, words
 * with times asked for ({@code verbose_json}), plain text taken from servers that know no better.
 * One retry where that may help and time is left. Safe for many threads.
 */
public final class TranscriptionServer implements AutoCloseable {

  private static final int MOST_ANSWER = 1 << 20;
  private static final Duration CONNECT = Duration.ofSeconds(2);
  private static final Duration BREATH = Duration.ofMillis(200);
  private static final Set<Integer> PASSING = Set.of(408, 429, 500, 502, 503, 504);

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT).build();
  private final URI address;
  private final Optional<String> key;
  private final String model;
  private final Duration timeout;
  private volatile boolean plain;

  /**
   * @param base as in {@code http://host/v1}
   * @param timeout for a whole transcription, retry included
   * @throws IllegalArgumentException where {@code base} is no address
   */
  public TranscriptionServer(String base, Optional<String> key, String model, Duration timeout) {
    address = URI.create(base.replaceAll("/+$", "") + "/audio/transcriptions");
    if (!Set.of("http", "https").contains(String.valueOf(address.getScheme()))) {
      throw new IllegalArgumentException(base + " (expected http://... or https://...)");
    }
    this.key = key;
    this.model = model;
    this.timeout = timeout;
  }

  String model() {
    return model;
  }

  /**
   * What was said.
   *
   * @param language BCP 47, empty to let the server find out
   * @throws TranscriptionException with a reason to show, after the retry
   */
  Hypothesis transcribe(Pcm audio, String language) throws TranscriptionException {
    long until = System.nanoTime() + timeout.toNanos();
    var first = attempt(audio, language, until);
    boolean tooVerbose = first.status == 400 && !plain;
    if (tooVerbose) {
      plain = true;
    }
    if (first.passing() || tooVerbose) {
      pause(tooVerbose ? Duration.ZERO : BREATH);
      first = attempt(audio, language, until);
    }
    if (first.status != 200) {
      throw new TranscriptionException(first.why());
    }
    return TranscriptionAnswer.read(first.body, audio.durationUs());
  }

  /** An answer, or status 0 and what went wrong. */
  private record Attempt(int status, String body) {
    boolean passing() {
      return status == 0 || PASSING.contains(status);
    }

    String why() {
      return status == 0 ? body : "answered " + status;
    }
  }

  private Attempt attempt(Pcm audio, String language, long until) throws TranscriptionException {
    long left = until - System.nanoTime();
    var answer =
        http.sendAsync(
            request(audio, language), BodyHandlers.limiting(BodyHandlers.ofString(), MOST_ANSWER));
    try {
      HttpResponse<String> response = answer.get(Math.max(1, left), TimeUnit.NANOSECONDS);
      return new Attempt(response.statusCode(), response.body());
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new TranscriptionException("no answer within " + timeout.toMillis() + " ms");
    } catch (ExecutionException e) {
      var cause = e.getCause() instanceof IOException io ? io : e;
      return new Attempt(0, cause.getClass().getSimpleName());
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw new TranscriptionException("interrupted");
    }
  }

  private HttpRequest request(Pcm audio, String language) {
    var fields = new LinkedHashMap<String, String>();
    fields.put("model", model);
    fields.put("response_format", plain ? "json" : "verbose_json");
    if (!plain) {
      fields.put("timestamp_granularities[]", "word");
    }
    if (!language.isEmpty()) {
      fields.put("language", language.split("-")[0]);
    }
    var form = new Multipart(fields, "speech.wav", "audio/wav", WavFile.of(audio));
    var request =
        HttpRequest.newBuilder(address)
            .header("Content-Type", form.contentType())
            .POST(BodyPublishers.ofByteArray(form.bytes()));
    key.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
    return request.build();
  }

  private static void pause(Duration length) throws TranscriptionException {
    try {
      Thread.sleep(length);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TranscriptionException("interrupted");
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
