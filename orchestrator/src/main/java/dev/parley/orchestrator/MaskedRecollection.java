package dev.parley.orchestrator;

import dev.parley.kit.masking.PersonalData;
import dev.parley.orchestrator.conversation.ForwardingRecollection;
import dev.parley.orchestrator.conversation.Notes;
import dev.parley.orchestrator.conversation.Recollection;
import dev.parley.orchestrator.conversation.TurnRecord;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Memory of turns as they may be kept. */
final class MaskedRecollection extends ForwardingRecollection {
  private final UnaryOperator<TurnRecord> change;

  /**
   * In front of that memory.
   *
   * @param change takes out what may not be kept; gives the same turn where all of it may
   */
  MaskedRecollection(Recollection memory, UnaryOperator<TurnRecord> change) {
    super(memory);
    this.change = change;
  }

  @Override
  public void remember(TurnRecord turn, Optional<Notes> notes, Duration deadline) {
    TurnRecord kept = change.apply(turn);
    boolean same = kept.equals(turn);
    memory.remember(kept, same ? notes : notes.map(MaskedRecollection::masked), deadline);
  }

  private static Notes masked(Notes it) {
    return new Notes(
        it.facts().stream().map(MaskedRecollection::masked).toList(),
        PersonalData.SPOKEN.blotted(it.summary()));
  }

  private static Notes.Fact masked(Notes.Fact it) {
    String text = PersonalData.SPOKEN.blotted(it.text());
    return new Notes.Fact(it.kind(), text, it.slot(), it.importance());
  }
}
