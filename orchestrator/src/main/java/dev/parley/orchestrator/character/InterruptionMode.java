package dev.parley.orchestrator.character;

/** What may interrupt a character. */
public enum InterruptionMode {
  /** Speech, text and the button. */
  SPEECH,
  /** Text and the button. */
  BUTTON,
  /** Nothing; it speaks to the end. */
  OFF
}
