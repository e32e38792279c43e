package dev.parley.orchestrator.openai;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.parley.orchestrator.character.Character;
import dev.parley.orchestrator.conversation.Exchange;
import dev.parley.orchestrator.conversation.Recalled;
import dev.parley.orchestrator.conversation.Thought;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * A thought as the body of a streamed chat completion. What the character's author wrote is the
 * system message; what the person said, now or earlier, stands in user messages only, so that it
 * can never pass for an instruction of the author.
 */
final class ChatRequest {
  private ChatRequest() {}

  static String body(Thought thought, ModelSettings settings) {
    Character character = thought.character();
    String model = character.agent().model();
    var body = new JsonObject();
    body.addProperty("model", model.isEmpty() ? settings.model() : model);
    body.addProperty("temperature", character.agent().temperature());
    body.addProperty("max_tokens", character.agent().maxOutputTokens());
    body.addProperty("stream", true);
    var options = new JsonObject();
    options.addProperty("include_usage", true);
    body.add("stream_options", options);
    body.add("messages", messages(thought, settings.historyCharacters()));
    return body.toString();
  }

  private static JsonArray messages(Thought thought, int budget) {
    List<Exchange> history = newest(thought.history(), budget);
    int left = budget - history.stream().mapToInt(ChatRequest::length).sum();
    var messages = new JsonArray();
    messages.add(message("system", instructions(thought)));
    fitting(thought.memories(), left).forEach(it -> add(messages, remembered(it)));
    history.forEach(it -> add(messages, it));
    messages.add(message("user", thought.input()));
    return messages;
  }

  private static void add(JsonArray messages, Exchange it) {
    if (!it.personText().isEmpty()) {
      messages.add(message("user", it.personText()));
    }
    if (!it.characterText().isEmpty()) {
      messages.add(message("assistant", it.characterText()));
    }
  }

  private static Exchange remembered(Recalled it) {
    String day = LocalDate.ofInstant(it.time(), ZoneOffset.UTC).toString();
    return new Exchange("[on " + day + "] " + it.personText(), it.characterText());
  }

  /** The newest exchanges that fit, oldest first. */
  private static List<Exchange> newest(List<Exchange> history, int budget) {
    int left = budget;
    int first = history.size();
    while (first > 0 && length(history.get(first - 1)) <= left) {
      left -= length(history.get(--first));
    }
    return history.subList(first, history.size());
  }

  /** The best memories that fit, the best last, next to the question. */
  private static List<Recalled> fitting(List<Recalled> memories, int budget) {
    int left = budget;
    var fit = new ArrayList<Recalled>();
    for (Recalled it : memories) {
      int length = length(remembered(it));
      if (length <= left) {
        fit.addFirst(it);
        left -= length;
      }
    }
    return fit;
  }

  private static int length(Exchange it) {
    return it.personText().length() + it.characterText().length();
  }

  private static String instructions(Thought thought) {
    var text = new StringBuilder(thought.character().systemPrompt());
    text.append("\nAnswer in the language ").append(thought.language()).append('.');
    if (!thought.character().personaFacts().isEmpty()) {
      text.append("\nWhat is true of you:");
      thought.character().personaFacts().forEach(it -> text.append("\n- ").append(it));
    }
    if (!thought.memories().isEmpty()) {
      text.append("\nMessages that begin with a date in brackets are what this person said to you");
      text.append(" in earlier conversations; use them when they help.");
    }
    return text.toString();
  }

  private static JsonObject message(String role, String content) {
    var message = new JsonObject();
    message.addProperty("role", role);
    message.addProperty("content", content);
    return message;
  }
}
