package dev.parley.rendersvc.face;

import java.util.Locale;
import java.util.Set;

/**
 * How much a word is leaned on when spoken, 0 to 1: function words hardly, long ones and those
 * before an exclamation mark most. A rule of thumb over English spelling; other languages get the
 * rule of length alone.
 */
final class Accent {
  private static final Set<String> LIGHT =
      Set.of(
          ("a an the and or but if of to in on at by for from with as is am are was were be been"
                  + " i you he she it we they me him her us them my your his its our their this that"
                  + " these those there here do does did have has had can could will would shall"
                  + " should may might must not no so than then just")
              .split(" "));

  private Accent() {}

  static float of(String word) {
    String bare = word.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}']", "");
    if (bare.isEmpty() || LIGHT.contains(bare)) {
      return 0;
    }
    float byLength = Curve.clamp01((bare.codePointCount(0, bare.length()) - 2) / 6f);
    return Math.min(1, .25f + .55f * byLength + (word.endsWith("!") ? .2f : 0));
  }

  static boolean asks(String word) {
    return word.endsWith("?");
  }
}
