package dev.parley.orchestrator.openai;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.Strictness;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import dev.parley.kit.failure.Failure;
import dev.parley.orchestrator.conversation.Notes;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads what a model noted, strictly: one thing amiss and nothing of it is believed. */
final class NotesAnswer {
  private static final TypeAdapter<JsonElement> TREE = new Gson().getAdapter(JsonElement.class);
  private static final int MOST_FACTS = 32;
  private static final int LONGEST_FACT = 1000;
  private static final int LONGEST_SLOT = 64;
  private static final int LONGEST_SUMMARY = 10_000;
  private static final Set<String> OF_NOTES = Set.of("facts", "summary");
  private static final Set<String> OF_A_FACT = Set.of("kind", "text", "slot", "importance");

  private NotesAnswer() {}

  /**
   * Notes as they were asked for; a fence of code around them is overlooked.
   *
   * @throws Failure MODEL_FAILED when it is anything else
   */
  static Notes of(String answer) {
    var aloud = new Aloud();
    String text = (aloud.of(answer) + aloud.rest()).strip();
    text = text.replaceFirst("(?s)^```(?:json)?\\s*(.*?)\\s*```$", "$1");
    try {
      JsonObject notes = object(text);
      expect(OF_NOTES.containsAll(notes.keySet()) && notes.has("facts"));
      JsonArray list = notes.getAsJsonArray("facts");
      expect(list.size() <= MOST_FACTS);
      List<Notes.Fact> facts = new ArrayList<>();
      for (JsonElement it : list) {
        facts.add(fact(it.getAsJsonObject()));
      }
      String summary = notes.has("summary") ? text(notes, "summary", LONGEST_SUMMARY) : "";
      return new Notes(facts, summary);
    } catch (JsonParseException | IllegalStateException | ClassCastException e) {
      throw unlike();
    } catch (IllegalArgumentException | UnsupportedOperationException e) {
      throw unlike();
    }
  }

  /** One JSON object and nothing behind it. */
  static JsonObject object(String text) {
    var reader = new JsonReader(new StringReader(text));
    reader.setStrictness(Strictness.STRICT);
    try {
      JsonElement element = TREE.read(reader);
      expect(reader.peek() == JsonToken.END_DOCUMENT);
      return element.getAsJsonObject();
    } catch (IOException e) {
      throw unlike();
    }
  }

  private static Notes.Fact fact(JsonObject it) {
    expect(it.keySet().equals(OF_A_FACT));
    String kind = text(it, "kind", 10);
    expect(kind.equals(kind.toLowerCase(Locale.ROOT)));
    String text = text(it, "text", LONGEST_FACT);
    expect(!text.isBlank());
    expect(it.getAsJsonPrimitive("importance").isNumber());
    float importance = it.get("importance").getAsFloat();
    expect(importance >= 0 && importance <= 1);
    var known = Notes.Kind.valueOf(kind.toUpperCase(Locale.ROOT));
    return new Notes.Fact(known, text.strip(), text(it, "slot", LONGEST_SLOT).strip(), importance);
  }

  private static String text(JsonObject in, String name, int longest) {
    expect(in.getAsJsonPrimitive(name).isString());
    String text = in.get(name).getAsString();
    expect(text.length() <= longest);
    return text;
  }

  private static void expect(boolean holds) {
    if (!holds) {
      throw unlike();
    }
  }

  private static Failure unlike() {
    return ModelNotes.failed("the model noted something else than was asked for");
  }
}
