package dev.parley.orchestrator;

import dev.parley.kit.identity.Owner;
import dev.parley.kit.masking.PersonalData;
import dev.parley.orchestrator.conversation.Notes;
import dev.parley.orchestrator.conversation.Recalled;
import dev.parley.orchestrator.conversation.Recollection;
import dev.parley.orchestrator.conversation.TurnRecord;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Memory of turns as they may be kept.
 *
 * @param change takes out what may not be; gives the same turn where all of it may
 */
record MaskedRecollection(Recollection inner, UnaryOperator<TurnRecord> change)
    implements Recollection {
  @Override
  public List<Recalled> recall(
      Owner owner,
      String characterId,
      String query,
      int limit,
      String exceptSessionId,
      Duration deadline) {
    return inner.recall(owner, characterId, query, limit, exceptSessionId, deadline);
  }

  @Override
  public void remember(TurnRecord turn, Optional<Notes> notes, Duration deadline) {
    TurnRecord kept = change.apply(turn);
    boolean same = kept.equals(turn);
    inner.remember(kept, same ? notes : notes.map(MaskedRecollection::masked), deadline);
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

  @Override
  public void forgetSession(Owner owner, String sessionId, Duration deadline) {
    inner.forgetSession(owner, sessionId, deadline);
  }
}
