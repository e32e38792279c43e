package dev.parley.orchestrator.openai;

import dev.parley.kit.telemetry.Traces;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;

/** How a model server is called. Thread-safe. */
final class ModelCalls {
  private ModelCalls() {}

  /** Over plain text it would ask to upgrade to HTTP/2, which some servers answer badly. */
  static HttpClient client(ModelSettings settings) {
    boolean plain = "http".equals(settings.baseUrl().getScheme());
    return HttpClient.newBuilder()
        .version(plain ? HttpClient.Version.HTTP_1_1 : HttpClient.Version.HTTP_2)
        .connectTimeout(settings.connect())
        .build();
  }

  /** A chat completion with that body. */
  static HttpRequest.Builder completion(ModelSettings settings, String body, String accept) {
    String base = settings.baseUrl().toString().replaceAll("/+$", "");
    var request =
        HttpRequest.newBuilder(URI.create(base + "/chat/completions"))
            .header("Content-Type", "application/json")
            .header("Accept", accept)
            .POST(BodyPublishers.ofString(body));
    if (!settings.key().isEmpty()) {
      request.header("Authorization", "Bearer " + settings.key());
    }
    Traces.inject(request::header);
    return request;
  }
}
