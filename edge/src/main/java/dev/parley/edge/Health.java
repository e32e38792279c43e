package dev.parley.edge;

import com.google.gson.JsonObject;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.HttpService;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** {@code /healthz} and {@code /readyz}: 200, or 503 with the parts that fail and why. */
final class Health {
  private Health() {}

  /** Asks on the executor, as the answer may need others. */
  static HttpService of(Supplier<Map<String, String>> failing, Executor executor) {
    return (ctx, req) ->
        HttpResponse.of(CompletableFuture.supplyAsync(() -> answer(failing.get()), executor));
  }

  private static HttpResponse answer(Map<String, String> failing) {
    JsonObject json = new JsonObject();
    json.addProperty("ok", failing.isEmpty());
    JsonObject parts = new JsonObject();
    failing.forEach(parts::addProperty);
    json.add("failing", parts);
    return HttpResponse.of(
        failing.isEmpty() ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE,
        MediaType.JSON,
        json.toString());
  }
}
