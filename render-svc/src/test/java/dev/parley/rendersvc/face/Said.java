package dev.parley.rendersvc.face;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Something said: mouth shapes and words on one clock.
 *
 * @param text what it is, for messages
 * @param visemes in order of time, without gaps
 * @param words in order of time
 */
record Said(String text, List<VisemeSpan> visemes, List<WordSpan> words) {
  private static final Viseme[] VOWELS = {
    Viseme.AA, Viseme.E, Viseme.IH, Viseme.OH, Viseme.OU, Viseme.RR
  };
  private static final Viseme[] CONSONANTS = {
    Viseme.PP, Viseme.FF, Viseme.TH, Viseme.DD, Viseme.KK, Viseme.CH, Viseme.SS, Viseme.NN,
    Viseme.RR
  };

  /** Sentences as the product's own voices say them. */
  static List<Said> aloud() {
    List<Said> all = new ArrayList<>();
    for (String line : lines()) {
      String[] part = line.split("\t");
      if (line.startsWith("# ")) {
        all.add(new Said(line.substring(2), new ArrayList<>(), new ArrayList<>()));
      } else if (part.length == 4) {
        long start = Long.parseLong(part[2]);
        long end = Long.parseLong(part[3]);
        if (part[0].equals("word")) {
          all.getLast().words.add(new WordSpan(part[1], start, end));
        } else {
          all.getLast()
              .visemes
              .add(new VisemeSpan(Viseme.named(part[0]).orElseThrow(), start, end));
        }
      }
    }
    return all;
  }

  /** A made-up sentence: syllables of 90 to 330 ms, some with clusters and pauses. */
  static Said random(long seed) {
    Random random = new Random(seed);
    List<VisemeSpan> visemes = new ArrayList<>();
    List<WordSpan> words = new ArrayList<>();
    long t = random.nextInt(250_000);
    for (int syllable = 0; syllable < 14; syllable++) {
      long from = t;
      for (int i = random.nextInt(3); i > 0; i--) {
        t =
            say(
                visemes,
                CONSONANTS[random.nextInt(CONSONANTS.length)],
                t,
                28_000 + random.nextInt(75_000));
      }
      t = say(visemes, VOWELS[random.nextInt(VOWELS.length)], t, 45_000 + random.nextInt(160_000));
      words.add(new WordSpan(syllable == 13 ? "there?" : "wonderful", from, t));
      if (random.nextInt(5) == 0) {
        t = say(visemes, Viseme.SIL, t, 80_000 + random.nextInt(500_000));
      }
    }
    return new Said("random " + seed, visemes, words);
  }

  long endUs() {
    return visemes.getLast().endUs();
  }

  /** The spans of one mouth shape. */
  List<VisemeSpan> spans(Viseme viseme) {
    return visemes.stream().filter(v -> v.viseme() == viseme).toList();
  }

  /** Every frame of it and {@code afterUs} more. */
  List<FaceFrame> frames(FaceAnimator animator, long afterUs) {
    visemes.forEach(animator::add);
    words.forEach(animator::add);
    List<FaceFrame> frames = new ArrayList<>();
    animator.advance(endUs() + afterUs, frames::add);
    return frames;
  }

  private static long say(List<VisemeSpan> visemes, Viseme viseme, long t, long us) {
    visemes.add(new VisemeSpan(viseme, t, t + us));
    return t + us;
  }

  private static List<String> lines() {
    try (InputStream file = Said.class.getResourceAsStream("speech.tsv")) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
