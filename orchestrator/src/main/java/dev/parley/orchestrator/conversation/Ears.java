package dev.parley.orchestrator.conversation;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
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
          "uh", "huh", "uh-huh", "um", "umm", "hm", "hmm", "mm", "mhm", "mm-hmm", "mmm", "oh", "ah",
          "aha", "yeah", "yep", "yup", "yes", "right", "ok", "okay", "wow", "sure", "er", "eh",
          "really", "true", "nice", "cool", "exactly");
  private static final List<String> PHRASES =
      List.of("i see", "got it", "go on", "all right", "of course", "makes sense", "oh my");
  private static final long ECHO_WINDOW = Duration.ofSeconds(8).toNanos();
  private static final int REMEMBERED = 64;
  private static final int HINTED = 48;

  private record Own(String word, long nanos) {}

  private final ArrayDeque<Own> spoken = new ArrayDeque<>();

  /** The character says this word now. */
  void spoke(String word, long nanos) {
    words(word).forEach(w -> spoken.add(new Own(w, nanos)));
    while (spoken.size() > REMEMBERED) {
      spoken.removeFirst();
    }
  }

  /** The last words said, for the recogniser. */
  String spoken() {
    List<String> last = new ArrayList<>();
    spoken.stream().skip(Math.max(0, spoken.size() - HINTED)).forEach(own -> last.add(own.word()));
    return String.join(" ", last);
  }

  /** How many words are more than a sign of listening. */
  int meantWords(String text) {
    String joined = " " + String.join(" ", words(text)) + " ";
    for (String phrase : PHRASES) {
      joined = joined.replace(" " + phrase + " ", " ");
    }
    return (int) words(joined).stream().filter(w -> !BACKCHANNELS.contains(w)).count();
  }

  /**
   * Whether it is the character's own voice: seven of ten words, all of two, were said lately, in
   * this order and nearly so written.
   */
  boolean echo(String text, long nowNanos) {
    List<String> heard = words(text);
    List<String> own = new ArrayList<>();
    for (Own o : spoken) {
      if (nowNanos - o.nanos() < ECHO_WINDOW) {
        own.add(o.word());
      }
    }
    if (heard.isEmpty() || own.isEmpty()) {
      return false;
    }
    int same = commonInOrder(heard, own);
    return heard.size() <= 2 ? same == heard.size() : same * 10 >= heard.size() * 7;
  }

  /** Length of the longest common subsequence. */
  private static int commonInOrder(List<String> a, List<String> b) {
    int[] row = new int[b.size() + 1];
    for (String word : a) {
      int diagonal = 0;
      for (int j = 1; j <= b.size(); j++) {
        int above = row[j];
        row[j] = alike(word, b.get(j - 1)) ? diagonal + 1 : Math.max(above, row[j - 1]);
        diagonal = above;
      }
    }
    return row[b.size()];
  }

  /** Equal but for one letter in four, as recognisers mishear. */
  private static boolean alike(String a, String b) {
    int longest = Math.max(a.length(), b.length());
    if (a.equals(b)) {
      return true;
    }
    int allowed = longest / 4;
    return Math.abs(a.length() - b.length()) <= allowed && distance(a, b) <= allowed;
  }

  /** Levenshtein's distance. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
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
