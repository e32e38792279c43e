package dev.parley.orchestrator;

import dev.parley.kit.masking.PersonalData;
import dev.parley.kit.masking.PersonalData.Found;
import dev.parley.orchestrator.conversation.Citation;
import dev.parley.orchestrator.conversation.TurnRecord;
import dev.parley.orchestrator.conversation.Word;
import java.util.List;

/**
 * Turns without personal data: each character of what is found is a dot, so that every length,
 * split and word stays where it was.
 */
final class MaskedTurns {
  private MaskedTurns() {}

  static TurnRecord masked(TurnRecord it) {
    String reply = it.replyText() + it.cutText();
    List<Found> found = PersonalData.SPOKEN.find(reply);
    String blotted = PersonalData.blotted(reply, found);
    int heard = it.replyText().length();
    return new TurnRecord(
        it.id(),
        it.owner(),
        it.sessionId(),
        it.characterId(),
        it.state(),
        PersonalData.SPOKEN.blotted(it.inputText()),
        it.spokenInput(),
        blotted.substring(0, heard),
        blotted.substring(heard),
        it.words().stream().map(word -> masked(word, found)).toList(),
        it.citations().stream().map(MaskedTurns::masked).toList(),
        it.mediaDuration(),
        it.createTime(),
        it.endTime(),
        it.receipt(),
        it.requestId());
  }

  private static Word masked(Word it, List<Found> found) {
    boolean touched =
        found.stream().anyMatch(f -> f.start() < it.textEnd() && it.textStart() < f.end());
    Found whole = new Found(PersonalData.Kind.ADDRESS, 0, it.text().length());
    String text = touched ? PersonalData.blotted(it.text(), List.of(whole)) : it.text();
    return new Word(text, it.span(), it.textStart(), it.textEnd(), it.confidence());
  }

  private static Citation masked(Citation it) {
    return new Citation(
        it.number(),
        it.documentId(),
        it.title(),
        it.page(),
        it.pageLabel(),
        it.chunkId(),
        PersonalData.SPOKEN.blotted(it.passage()),
        PersonalData.SPOKEN.blotted(it.quote()),
        it.memoryId(),
        it.span());
  }
}
