package dev.parley.orchestrator.character;

import java.util.List;

/**
 * How a character thinks.
 *
 * @param type the way
 * @param model model by name; empty takes the server's
 * @param temperature 0 to 2
 * @param systemPrompt what the model is told first; empty makes one from the persona
 * @param retrieverK memories and passages to recall, 0 to 50
 * @param chatHistoryLength earlier turns given to the thinker, 0 to 100
 * @param tools tools by name
 * @param maxOutputTokens longest reply in tokens, 1 to 8192
 */
public record AgentSettings(
    AgentType type,
    String model,
    float temperature,
    String systemPrompt,
    int retrieverK,
    int chatHistoryLength,
    List<String> tools,
    int maxOutputTokens) {

  /** What holds where nothing was said: retrieval, 0.7, 5 memories, 10 turns, 400 tokens. */
  public static final AgentSettings DEFAULTS =
      new AgentSettings(AgentType.RAG, "", 0.7f, "", 5, 10, List.of(), 400);

  public AgentSettings {
    tools = List.copyOf(tools);
  }

  /** The same with another system prompt. */
  public AgentSettings withSystemPrompt(String prompt) {
    return new AgentSettings(
        type, model, temperature, prompt, retrieverK, chatHistoryLength, tools, maxOutputTokens);
  }
}
