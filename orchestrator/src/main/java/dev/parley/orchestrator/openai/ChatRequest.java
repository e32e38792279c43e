package dev.parley.orchestrator.openai;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.parley.orchestrator.character.Character;
import dev.parley.orchestrator.conversation.Exchange;
import dev.parley.orchestrator.conversation.Thought;
import java.util.List;
import java.util.Set;

/**
 * A thought as the body of a streamed chat completion. What the character's author wrote is the
 * system message; what the person said, now or earlier, and what documents hold stands in user
 * messages only, so that it can never pass for an instruction of the author.
 *
 * @param given numbers of the sources that the model may cite
 */
record ChatRequest(String body, Set<Integer> given) {

  private static final String GO_ON =
      "Your answer broke off there. Write only what follows, from exactly where it stops; repeat"
          + " no word of it, and do not mention this.";

  static ChatRequest of(Thought thought, ModelSettings settings) {
    Character character = thought.character();
    String model = character.agent().model();
    int budget = settings.historyCharacters();
    Sources sources = Sources.of(thought.sources(), budget * 2 / 3);
    var body = new JsonObject();
    body.addProperty("model", model.isEmpty() ? settings.model() : model);
    body.addProperty("temperature", character.agent().temperature());
    body.addProperty("max_tokens", character.agent().maxOutputTokens());
    body.addProperty("stream", true);
    var options = new JsonObject();
    options.addProperty("include_usage", true);
    body.add("stream_options", options);
    body.add("messages", messages(thought, sources, budget - sources.text().length()));
    return new ChatRequest(body.toString(), sources.given());
  }

  private static JsonArray messages(Thought thought, Sources sources, int budget) {
    var messages = new JsonArray();
    messages.add(message("system", instructions(thought, sources)));
    newest(thought.history(), budget).forEach(it -> add(messages, it));
    messages.add(message("user", sources.before(thought.input())));
    if (!thought.said().isEmpty()) {
      messages.add(message("assistant", thought.said()));
      messages.add(message("user", GO_ON));
    }
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

  /** The newest exchanges that fit, oldest first. */
  private static List<Exchange> newest(List<Exchange> history, int budget) {
    int left = budget;
    int first = history.size();
    while (first > 0 && length(history.get(first - 1)) <= left) {
      left -= length(history.get(--first));
    }
    return history.subList(first, history.size());
  }

  private static int length(Exchange it) {
    return it.personText().length() + it.characterText().length();
  }

  private static String instructions(Thought thought, Sources sources) {
    var text = new StringBuilder(thought.character().systemPrompt());
    text.append("\nAnswer in the language ").append(thought.language()).append('.');
    if (!thought.character().personaFacts().isEmpty()) {
      text.append("\nWhat is true of you:");
      thought.character().personaFacts().forEach(it -> text.append("\n- ").append(it));
    }
    if (!sources.given().isEmpty()) {
      text.append(Sources.RULES);
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
