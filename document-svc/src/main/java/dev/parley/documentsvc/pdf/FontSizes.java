package dev.parley.documentsvc.pdf;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Which size running text has: that of most characters of the pages so far. */
final class FontSizes {
  private final Map<Integer, Long> characters = new TreeMap<>();

  void add(List<Run> runs) {
    for (Run run : runs) {
      characters.merge(Math.round(run.size() * 2), (long) run.glyphs().size(), Long::sum);
    }
  }

  /** In points. */
  float body() {
    return characters.entrySet().stream()
            .max(Map.Entry.comparingByValue())
            .map(Map.Entry::getKey)
            .orElse(20)
        / 2f;
  }
}
