package dev.parley.speechsvc.remote;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.parley.speechsvc.recognition.HeardWord;
import dev.parley.speechsvc.recognition.Hypothesis;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the JSON of a transcription: {@code text}, and where the server gives them {@code words}
 * with {@code start} and {@code end} in seconds, and {@code segments} with {@code avg_logprob} and
 * {@code no_speech_prob}. A server that gives no probability is taken to be sure.
 */
final class TranscriptionAnswer {

  private static final double SILENCE = 0.8;

  private TranscriptionAnswer() {}

  static Hypothesis read(String json, long durationUs) throws TranscriptionException {
    try {
      var answer = JsonParser.parseString(json).getAsJsonObject();
      var text = answer.get("text").getAsString().strip();
      double sure = confidence(answer);
      if (text.isEmpty() || sure == 0) {
        return Hypothesis.NOTHING;
      }
      var timed = timed(answer, sure, durationUs);
      var words = timed.isEmpty() ? spread(text, sure, durationUs) : timed;
      return new Hypothesis(text, sure, words);
    } catch (JsonParseException
        | IllegalStateException
        | UnsupportedOperationException
        | NumberFormatException
        | NullPointerException e) {
      throw new TranscriptionException("answered something that is no transcription");
    }
  }

  private static double confidence(JsonObject answer) {
    double sum = 0;
    double silence = 1;
    int count = 0;
    for (var element : list(answer, "segments")) {
      var segment = element.getAsJsonObject();
      sum += number(segment, "avg_logprob").orElse(0.0);
      silence = Math.min(silence, number(segment, "no_speech_prob").orElse(0.0));
      count++;
    }
    if (count == 0) {
      return 1;
    }
    return silence > SILENCE ? 0 : Math.clamp(Math.exp(sum / count), 0.01, 1);
  }

  private static List<HeardWord> timed(JsonObject answer, double sure, long durationUs) {
    var words = new ArrayList<HeardWord>();
    for (var element : list(answer, "words")) {
      var word = element.getAsJsonObject();
      long start = us(word, "start", durationUs);
      long end = Math.max(start, us(word, "end", durationUs));
      words.add(new HeardWord(word.get("word").getAsString().strip(), start, end, sure));
    }
    return words;
  }

  private static List<HeardWord> spread(String text, double sure, long durationUs) {
    var words = new ArrayList<HeardWord>();
    var parts = text.split("\\s+");
    for (int i = 0; i < parts.length; i++) {
      long start = durationUs * i / parts.length;
      words.add(new HeardWord(parts[i], start, durationUs * (i + 1) / parts.length, sure));
    }
    return words;
  }

  private static Iterable<JsonElement> list(JsonObject object, String name) {
    var found = object.get(name);
    return found != null && found.isJsonArray() ? found.getAsJsonArray() : List.of();
  }

  private static Optional<Double> number(JsonObject object, String name) {
    return Optional.ofNullable(object.get(name))
        .filter(JsonElement::isJsonPrimitive)
        .map(JsonElement::getAsDouble);
  }

  private static long us(JsonObject word, String name, long most) {
    return Math.clamp(Math.round(word.get(name).getAsDouble() * 1e6), 0, most);
  }
}
