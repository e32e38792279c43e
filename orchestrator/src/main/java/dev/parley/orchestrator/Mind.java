package dev.parley.orchestrator;

import dev.parley.orchestrator.conversation.NoteTaker;
import dev.parley.orchestrator.conversation.Thinker;
import java.util.Optional;

/**
 * What answers, and what notes facts of turns that are over.
 *
 * @param notes empty where no model does: memory finds facts by rules then
 */
public record Mind(Thinker thinker, Optional<NoteTaker> notes) {}
