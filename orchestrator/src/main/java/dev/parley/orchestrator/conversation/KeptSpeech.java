package dev.parley.orchestrator.conversation;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Speech of a turn as it was kept: the voice up to where it was heard, and the mouth and the words
 * of that part alone.
 *
 * @param wav signed 16-bit mono behind a header of 44 bytes
 */
record KeptSpeech(byte[] wav, int rateHz, List<Viseme> mouth, List<Word> words) {
  private static final int HEADER = 44;
  private static final int RATE_AT = 24;

  /** From what is in the store; {@code mouth} has a shape, its start and its end a line. */
  static KeptSpeech of(byte[] wav, String mouth, List<Word> words) {
    int rateHz = ByteBuffer.wrap(wav).order(ByteOrder.LITTLE_ENDIAN).getInt(RATE_AT);
    long endUs = (wav.length - HEADER) * 500_000L / rateHz;
    List<Viseme> shapes = new ArrayList<>();
    for (String line : mouth.lines().toList()) {
      String[] f = line.split(" ");
      long start = Long.parseLong(f[1]);
      if (start < endUs) {
        shapes.add(new Viseme(f[0], until(new Span(start, Long.parseLong(f[2])), endUs), ""));
      }
    }
    return new KeptSpeech(wav, rateHz, List.copyOf(shapes), heard(words, endUs));
  }

  private static List<Word> heard(List<Word> words, long endUs) {
    return words.stream()
        .filter(w -> w.span().startUs() < endUs)
        .map(w -> new Word(w.text(), until(w.span(), endUs), w.textStart(), w.textEnd(), 1))
        .toList();
  }

  private static Span until(Span span, long endUs) {
    return new Span(span.startUs(), Math.min(endUs, span.endUs()));
  }

  /** Says it all to an animation in pieces of so many bytes, an even number. */
  void feed(Animator.Animation to, int chunk) {
    List<Viseme> visemes = mouth;
    List<Word> spoken = words;
    for (int at = HEADER; at < wav.length; at += chunk) {
      int end = Math.min(wav.length, at + chunk);
      long coveredUs = (end - HEADER) * 500_000L / rateHz;
      to.speech(visemes, spoken, Arrays.copyOfRange(wav, at, end), coveredUs);
      visemes = List.of();
      spoken = List.of();
    }
    to.end();
  }
}
