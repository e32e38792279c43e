package dev.parley.orchestrator.openai;

/** Why a model gave no (complete) answer; {@code passing} when another try may succeed. */
final class ModelFault extends Exception {
  private static final long serialVersionUID = 1L;

  final boolean passing;

  ModelFault(String message, boolean passing) {
    super(message);
    this.passing = passing;
  }
}
