package dev.parley.orchestrator;

import dev.parley.orchestrator.conversation.NoteTaker;
import dev.parley.orchestrator.conversation.Thinker;
import dev.parley.orchestrator.grounded.GroundedThinker;
import dev.parley.orchestrator.openai.ModelNotes;
import dev.parley.orchestrator.openai.ModelSettings;
import dev.parley.orchestrator.openai.OpenAiThinker;
import dev.parley.orchestrator.resilience4j.GuardedThinker;
import java.util.Optional;

/**
 * What answers, and what notes facts of turns that are over.
 *
 * @param notes empty where no model does: memory finds facts by rules then
 */
record Mind(Thinker thinker, Optional<NoteTaker> notes) {

  /** A model where one is set, with the thinker that needs none behind it; else that one alone. */
  static Mind of(OrchestratorSettings settings) {
    Thinker grounded = new GroundedThinker();
    Optional<ModelSettings> model =
        settings
            .modelUrl()
            .map(url -> ModelSettings.of(url, settings.modelKey().orElse(""), settings.model()));
    return new Mind(
        model
            .<Thinker>map(it -> new GuardedThinker(new OpenAiThinker(it, grounded), grounded))
            .orElse(grounded),
        model.filter(_ -> settings.notes()).map(ModelNotes::new));
  }
}
