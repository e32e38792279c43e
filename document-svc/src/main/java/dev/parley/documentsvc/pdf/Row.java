package dev.parley.documentsvc.pdf;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/** Runs side by side, from left to right. */
record Row(List<Run> runs) {
  private static final Pattern ITEM =
      Pattern.compile("^([•▪‣◦·∙*–—-]|\\(?[0-9]{1,3}[.)]|\\(?[a-zA-Z][.)]) .*");

  /** Groups runs that overlap in height by more than half of the lower one. */
  static List<Row> of(List<Run> all) {
    List<Run> sorted = new ArrayList<>(all);
    sorted.sort(Comparator.comparingDouble(Run::baseline));
    List<Row> rows = new ArrayList<>();
    float top = 0;
    float bottom = 0;
    for (Run run : sorted) {
      float overlap = Math.min(bottom, run.bottom()) - Math.max(top, run.top());
      float least = Math.min(bottom - top, run.bottom() - run.top());
      if (!rows.isEmpty() && overlap > 0.5f * least) {
        rows.getLast().runs.add(run);
      } else {
        rows.add(new Row(new ArrayList<>(List.of(run))));
        top = run.top();
        bottom = run.bottom();
      }
    }
    rows.forEach(it -> it.runs.sort(Comparator.comparingDouble(Run::left)));
    return rows;
  }

  float left() {
    return runs.getFirst().left();
  }

  float right() {
    float right = -Float.MAX_VALUE;
    for (Run run : runs) {
      right = Math.max(right, run.right());
    }
    return right;
  }

  float top() {
    float top = Float.MAX_VALUE;
    for (Run run : runs) {
      top = Math.min(top, run.top());
    }
    return top;
  }

  float bottom() {
    float bottom = -Float.MAX_VALUE;
    for (Run run : runs) {
      bottom = Math.max(bottom, run.bottom());
    }
    return bottom;
  }

  float size() {
    float size = 0;
    for (Run run : runs) {
      size = Math.max(size, run.size());
    }
    return size;
  }

  /** Glyphs and blanks between runs. */
  int length() {
    int length = runs.size() - 1;
    for (Run run : runs) {
      length += run.glyphs().size();
    }
    return length;
  }

  boolean isBold() {
    return runs.stream().allMatch(Run::isBold);
  }

  /** Whether it begins with the mark or number of a list; most show by two letters that not. */
  boolean isItem() {
    List<Glyph> glyphs = runs.getFirst().glyphs();
    boolean word = glyphs.size() > 1 && isLetter(glyphs.get(0)) && isLetter(glyphs.get(1));
    return !word && ITEM.matcher(text()).matches();
  }

  private static boolean isLetter(Glyph it) {
    return Character.isLetter(it.text().charAt(0));
  }

  String text() {
    return runs.size() == 1
        ? runs.getFirst().text()
        : String.join(" ", runs.stream().map(Run::text).toList());
  }
}
