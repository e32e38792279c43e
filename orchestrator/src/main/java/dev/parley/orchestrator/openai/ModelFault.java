package dev.parley.orchestrator.openai;

import java.time.Duration;
import java.util.Optional;

/**
 * Why a model gave no (complete) answer; {@code passing} when another try may succeed, and after
 * how long where the server said so. Never holds words of the server, which may quote keys or
 * prompts.
 */
final class ModelFault extends Exception {
  private static final long serialVersionUID = 1L;

  final boolean passing;
  final transient Optional<Duration> retryAfter;

  ModelFault(String message, boolean passing) {
    this(message, passing, Optional.empty());
  }

  ModelFault(String message, boolean passing, Optional<Duration> retryAfter) {
    super(message);
    this.passing = passing;
    this.retryAfter = retryAfter;
  }
}
