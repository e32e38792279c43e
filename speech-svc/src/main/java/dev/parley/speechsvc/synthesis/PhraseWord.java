package dev.parley.speechsvc.synthesis;

/**
 * One word to speak: where it stands in the text and what the voice is given.
 *
 * @param start first UTF-16 unit in the whole text, inclusive
 * @param end last UTF-16 unit, exclusive
 * @param text as written, punctuation included
 * @param spoken printable ASCII without blanks, at most {@link PhraseCutter#MAX_WORD} characters
 */
public record PhraseWord(int start, int end, String text, String spoken) {}
