package dev.parley.speechsvc.synthesis;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Words that are spoken in one breath, at most {@link PhraseCutter#MAX_PHRASE} characters together,
 * with the parts of the text before and between them that are not spoken. A phrase with no words
 * carries skips only.
 */
public record Phrase(List<PhraseWord> words, List<Skipped> skipped) {

  public Phrase {
    words = List.copyOf(words);
    skipped = List.copyOf(skipped);
  }

  /** What the voice is given: the words' spoken forms, one blank between them. */
  public String spoken() {
    return words.stream().map(PhraseWord::spoken).collect(Collectors.joining(" "));
  }
}
