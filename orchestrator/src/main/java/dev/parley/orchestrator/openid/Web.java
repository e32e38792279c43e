package dev.parley.orchestrator.openid;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.parley.kit.failure.Failure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Calls of a provider: JSON of at most 256 KiB within ten seconds, by TLS but on this machine, and
 * nowhere else than asked.
 */
final class Web {
  private static final Duration WAIT = Duration.ofSeconds(10);
  private static final int MAX_BYTES = 256 << 10;

  /** An answer and its status. */
  record Answer(int status, Map<String, Object> json) {}

  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(WAIT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  /** What is there. Fails with UNAVAILABLE. */
  Map<String, Object> get(URI uri, String... headers) {
    var request = HttpRequest.newBuilder(safe(uri)).timeout(WAIT);
    if (headers.length > 0) {
      request.headers(headers);
    }
    Answer answer = send(request.header("Accept", "application/json").build());
    if (answer.status() != 200) {
      throw away(uri, "status " + answer.status());
    }
    return answer.json();
  }

  /** What is answered to a form. Fails with UNAVAILABLE, not for an answer that refuses. */
  Answer post(URI uri, Map<String, String> form, String... headers) {
    var request =
        HttpRequest.newBuilder(safe(uri))
            .timeout(WAIT)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Accept", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(encode(form)));
    if (headers.length > 0) {
      request.headers(headers);
    }
    Answer answer = send(request.build());
    if (answer.status() >= 500) {
      throw away(uri, "status " + answer.status());
    }
    return answer;
  }

  static String encode(Map<String, String> form) {
    return form.entrySet().stream()
        .map(it -> encode(it.getKey()) + "=" + encode(it.getValue()))
        .collect(Collectors.joining("&"));
  }

  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private Answer send(HttpRequest request) {
    try {
      HttpResponse<String> answer =
          http.send(request, BodyHandlers.limiting(BodyHandlers.ofString(), MAX_BYTES));
      return new Answer(answer.statusCode(), JSONObjectUtils.parse(answer.body()));
    } catch (IOException e) {
      throw away(request.uri(), "it does not answer").causedBy(e);
    } catch (ParseException e) {
      throw away(request.uri(), "its answer is no JSON");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw away(request.uri(), "going away").causedBy(e);
    }
  }

  private static URI safe(URI uri) {
    boolean tls = "https".equals(uri.getScheme());
    if (!tls && !("http".equals(uri.getScheme()) && isHere(uri.getHost()))) {
      throw away(uri, "it is not protected by TLS");
    }
    return uri;
  }

  private static boolean isHere(String host) {
    try {
      return host != null && InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private static Failure away(URI uri, String why) {
    return Failure.unavailable(
        "the provider at " + uri.getHost() + ": " + why, Duration.ofSeconds(5));
  }
}
