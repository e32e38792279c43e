package dev.parley.orchestrator.grounded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What is known of English: which words say little, how words bend, which mean alike. */
final class English {
  private static final Set<String> STOP =
      Set.of(
          ("a an the and or but so if of to in on at by for with about from into as than then that"
                  + " this these those there here it its it's is am are was were be been being do"
                  + " does did done doing have has had having will would shall should could can may"
                  + " might must i me my mine myself we us our you your yours yourself he him his she"
                  + " her hers they them their what which who whom whose when where why how not no"
                  + " yes just very really too also only any some all more most other such own same"
                  + " up down out over again ever please tell say said know think let get got i'm"
                  + " you're i've i'd i'll don't what's who's where's that's didn't doesn't isn't"
                  + " aren't can't won't ok okay well oh um uh hey hi hello now today anything"
                  + " something thing things kind sort bit lot make makes made want give go going"
                  + " talk explain describe like favourite favorite best name called call because"
                  + " many much long one who'd how's wow cool nice great time big"
                  + " biggest largest worst hardest oldest sure maybe tomorrow's")
              .split(" "));
  private static final Map<String, String> IRREGULAR =
      pairs(
          "kept keep sold sell lost lose paid pay built build held hold given give gave give found find"
              + " bought buy left leave wrote write written write took take taken take began begin begun begin"
              + " lent lend sent send taught teach caught catch grew grow grown grow knew know known know"
              + " spoke speak spoken speak broke break broken break drove drive driven drive ate eat eaten eat"
              + " won win met meet ran run rose rise risen rise chose choose chosen choose feet foot men man"
              + " women woman mice mouse teeth tooth fell fall fallen fall lit light slept sleep");
  private static final Map<String, Set<String>> CONCEPTS = concepts();

  private English() {}

  /** Lower-case words of a text, apostrophes inside kept, at most so many. */
  static List<String> words(String text, int most) {
    var words = new ArrayList<String>();
    var word = new StringBuilder();
    String plain = text.replace('\u2019', '\'').toLowerCase(Locale.ROOT) + " ";
    for (int i = 0; i < plain.length() && words.size() < most; i++) {
      char c = plain.charAt(i);
      if (java.lang.Character.isLetterOrDigit(c) || (c == '\'' && !word.isEmpty())) {
        word.append(c);
      } else if (!word.isEmpty()) {
        words.add(trimmed(word.toString()));
        word.setLength(0);
      }
    }
    return words;
  }

  /** Whether a word carries no topic of its own. */
  static boolean saysLittle(String word) {
    return STOP.contains(word);
  }

  /** Names of the groups of words of like meaning that a word belongs to. */
  static Set<String> concepts(String word) {
    return CONCEPTS.getOrDefault(stem(word), Set.of());
  }

  private static Map<String, String> pairs(String text) {
    String[] words = text.split(" ");
    var pairs = new HashMap<String, String>();
    for (int i = 0; i + 1 < words.length; i += 2) {
      pairs.put(words[i], words[i + 1]);
    }
    return Map.copyOf(pairs);
  }

  /** A word without its ending: a light form of Porter's algorithm (1980), steps 1a to 1c. */
  static String stem(String word) {
    String bare = word.endsWith("'s") ? word.substring(0, word.length() - 2) : word;
    String w = IRREGULAR.getOrDefault(bare, bare);
    if (w.length() < 4) {
      return w;
    }
    if (w.endsWith("ies")) {
      return w.substring(0, w.length() - 3) + "i";
    }
    if (w.endsWith("sses") || w.endsWith("shes") || w.endsWith("ches") || w.endsWith("toes")) {
      w = w.substring(0, w.length() - 2);
    } else if (w.endsWith("s") && !w.endsWith("ss") && !w.endsWith("us") && !w.endsWith("is")) {
      w = w.substring(0, w.length() - 1);
    }
    w = bare(bare(w, "ing"), "ed");
    if (w.endsWith("e") && w.length() > 4) {
      w = w.substring(0, w.length() - 1);
    }
    return w.endsWith("y") && w.length() > 3 ? w.substring(0, w.length() - 1) + "i" : w;
  }

  private static String bare(String w, String ending) {
    int cut = w.length() - ending.length();
    if (!w.endsWith(ending) || cut < 3 || w.substring(0, cut).chars().noneMatch(English::vowel)) {
      return w;
    }
    boolean doubled =
        w.charAt(cut - 1) == w.charAt(cut - 2) && "lsz".indexOf(w.charAt(cut - 1)) < 0;
    return w.substring(0, doubled ? cut - 1 : cut);
  }

  private static boolean vowel(int c) {
    return "aeiouy".indexOf(c) >= 0;
  }

  private static String trimmed(String word) {
    return word.endsWith("'") ? word.substring(0, word.length() - 1) : word;
  }

  private static Map<String, Set<String>> concepts() {
    var byStem = new HashMap<String, Set<String>>();
    for (String line : resource("/grounded/concepts.txt").lines().toList()) {
      String[] words = line.split(" ");
      for (int i = 1; i < words.length; i++) {
        byStem.computeIfAbsent(stem(words[i]), _ -> new HashSet<>()).add("#" + words[0]);
      }
    }
    return Map.copyOf(byStem);
  }

  private static String resource(String path) {
    try (var in = English.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException(path + " (expected on the class path)");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(path, e);
    }
  }
}
