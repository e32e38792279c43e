package dev.parley.speechsvc.synthesis;

/** A word of the text and when it sounds, in microseconds of its phrase. */
public record SpokenWord(PhraseWord word, long startUs, long endUs) {}
