package dev.parley.memorysvc.remote;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.parley.kit.failure.Failure;
import dev.parley.memorysvc.embedding.Vector;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** The JSON of an embeddings call. */
final class EmbeddingAnswer {
  private EmbeddingAnswer() {}

  /** What is sent for texts. */
  static String request(String model, List<String> texts) {
    JsonArray input = new JsonArray();
    texts.forEach(input::add);
    JsonObject request = new JsonObject();
    request.addProperty("model", model);
    request.addProperty("encoding_format", "float");
    request.add("input", input);
    return request.toString();
  }

  /** The vectors in an answer, in the order of the texts, whatever the order they came in. */
  static List<Vector> vectors(String body, int count) {
    Vector[] vectors = new Vector[count];
    try {
      JsonArray data = JsonParser.parseString(body).getAsJsonObject().getAsJsonArray("data");
      for (JsonElement it : data) {
        JsonObject one = it.getAsJsonObject();
        vectors[one.get("index").getAsInt()] = vector(one.getAsJsonArray("embedding"));
      }
    } catch (RuntimeException e) {
      throw failed("the answer is no list of vectors: " + e.getMessage()).causedBy(e);
    }
    if (Arrays.stream(vectors).anyMatch(Objects::isNull)) {
      throw failed("the answer lacks vectors (expected " + count + ")");
    }
    return List.of(vectors);
  }

  /** What a refusal says of itself, shortened. */
  static String reason(String body) {
    String reason = body;
    try {
      JsonElement error = JsonParser.parseString(body).getAsJsonObject().get("error");
      reason =
          error.isJsonObject()
              ? error.getAsJsonObject().get("message").getAsString()
              : error.getAsString();
    } catch (JsonParseException | IllegalStateException | NullPointerException other) {
      // It is no JSON, or other JSON: as it is.
    }
    return reason.length() <= 200 ? reason : reason.substring(0, 200) + "...";
  }

  static Failure failed(String message) {
    return Failure.of(Failure.Code.UNAVAILABLE, "MODEL_FAILED", "embedding server: " + message);
  }

  private static Vector vector(JsonArray numbers) {
    float[] values = new float[numbers.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = numbers.get(i).getAsFloat();
    }
    return Vector.of(values);
  }
}
