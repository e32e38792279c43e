package dev.parley.orchestrator.character;

/** How a character reaches an answer. */
public enum AgentType {
  /** Answers with what is recalled and found. */
  RAG,
  /** Reasons in steps with tools. */
  REACT,
  /** Calls tools as the model asks. */
  TOOLS
}
