package dev.parley.orchestrator.conversation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Tells words meant for the character from the sounds people make while they listen, and from the
 * character's own words coming back through the microphone. Not thread-safe.
 */
final class Ears {
  private static final Set<String> BACKCHANNELS =
      Set.of(
          "uh", "huh", "uh-huh", "um", "umm", "hm", "hmm", "mm", "mhm", "mm-hmm", "mmm", "oh",
          "ah", "aha", "yeah", "yep", "yes", "right", "ok", "okay", "wow", "sure", "er", "eh");
  private static final int REMEMBERED = 48;
  private final ArrayDeque<String> spoken = new ArrayDeque<>();

  /** The character says this word. */
  void spoke(String word) {
    spoken.addAll(words(word));
    while (spoken.size() > REMEMBERED) {
      spoken.removeFirst();
    }
  }

  /** The character has been silent for a while. */
  void forget() {
    spoken.clear();
  }

  /** The last words said, for the recogniser. */
  String spoken() {
    return String.join(" ", spoken);
  }

  /** How many words are neither backchannel nor echo. */
  int meantWords(String text) {
    List<String> heard = words(text);
    if (echo(heard)) {
      return 0;
    }
    return (int) heard.stream().filter(w -> !BACKCHANNELS.contains(w)).count();
  }

  /** Whether it is the character's own voice: nearly all of it was just said. */
  boolean echo(String text) {
    return echo(words(text));
  }

  private boolean echo(List<String> heard) {
    if (heard.isEmpty() || spoken.isEmpty()) {
      return false;
    }
    Set<String> own = new HashSet<>(spoken);
    long same = heard.stream().filter(own::contains).count();
    return same * 10 >= heard.size() * 8L;
  }

  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    for (String word : text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}'-]+")) {
      if (!word.isEmpty()) {
        words.add(word);
      }
    }
    return words;
  }
}
