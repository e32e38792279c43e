package dev.parley.cli.knowledge;

import dev.parley.document.v1.DocumentProgress;
import java.util.Locale;

/** How far a document is, for people. */
final class ProgressText {
  private ProgressText() {}

  static String of(DocumentProgress it) {
    String stage = it.getStage().name().replace("DOCUMENT_STAGE_", "").toLowerCase(Locale.ROOT);
    return switch (it.getStage()) {
      case DOCUMENT_STAGE_FAILED -> "failed: " + it.getFailure();
      case DOCUMENT_STAGE_READY -> "ready";
      default ->
          it.getTotal() == 0 ? stage : "%s %d of %d".formatted(stage, it.getDone(), it.getTotal());
    };
  }
}
