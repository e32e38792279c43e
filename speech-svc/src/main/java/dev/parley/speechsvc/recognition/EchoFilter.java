package dev.parley.speechsvc.recognition;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Locale;

/**
 * Knows what the loudspeaker says, so that its echo in the microphone is not taken for the person.
 * Words count as long as they are among the last {@value #KEPT} and for two seconds after the
 * loudspeaker fell silent. One thread.
 */
final class EchoFilter {

  private static final int KEPT = 60;
  private static final long TAIL_US = 2_000_000;
  private static final double SHARE = 0.7;

  private final Deque<String> said = new ArrayDeque<>();
  private long silentSinceUs = Long.MAX_VALUE;

  /** What is about to be heard; empty when the loudspeaker is silent from {@code nowUs} on. */
  void expect(String text, long nowUs) {
    if (text.isBlank()) {
      silentSinceUs = Math.min(silentSinceUs, nowUs);
      return;
    }
    if (silentSinceUs < nowUs - TAIL_US) {
      said.clear();
    }
    silentSinceUs = Long.MAX_VALUE;
    for (var word : text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}']+")) {
      if (!word.isEmpty()) {
        said.addLast(word);
      }
    }
    while (said.size() > KEPT) {
      said.removeFirst();
    }
  }

  /** Whether most of what was heard from {@code startUs} on is what the loudspeaker said. */
  boolean echo(Hypothesis heard, long startUs) {
    if (said.isEmpty() || heard.words().isEmpty() || silentSinceUs < startUs - TAIL_US) {
      return false;
    }
    var known = new HashSet<>(said);
    long same = heard.words().stream().filter(w -> known.contains(w.text())).count();
    return same >= SHARE * heard.words().size();
  }
}
