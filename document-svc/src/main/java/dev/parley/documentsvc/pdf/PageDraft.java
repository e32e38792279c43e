package dev.parley.documentsvc.pdf;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A page whose runs are known and whose running headers and footers are looked for.
 *
 * @param number from 1
 * @param label printed number; empty where there is none
 * @param width of the page as it is shown, in points
 * @param outlined headings that the file's outline puts on this page
 */
record PageDraft(
    int number,
    String label,
    float width,
    float height,
    List<Run> upright,
    List<Run> turned,
    List<Outlined> outlined,
    List<Edge> edges,
    Set<Row> running) {

  /** An entry of the outline. */
  record Outlined(String title, int level) {}

  /** A row near the upper or lower edge, and its words with numbers made equal. */
  record Edge(Row row, float top, String words) {
    private static final Pattern NUMBER = Pattern.compile("\\b(\\d+|[ivxlcIVXLC]+)\\b");

    static Edge of(Row row) {
      return new Edge(row, row.top(), NUMBER.matcher(row.text()).replaceAll("#").strip());
    }

    boolean isLike(Edge other) {
      return Math.abs(top - other.top) < SAME_HEIGHT && words.equals(other.words);
    }
  }

  private static final float SAME_HEIGHT = 4;
  private static final int EDGE_ROWS = 3;
  private static final float EDGE = 0.14f;

  static PageDraft of(
      int number,
      String label,
      float width,
      float height,
      GlyphCollector.Drawn drawn,
      List<Outlined> outlined) {
    List<Row> rows = Row.of(drawn.upright());
    List<Edge> edges = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      boolean top = i < EDGE_ROWS && row.bottom() < EDGE * height;
      boolean bottom = i >= rows.size() - EDGE_ROWS && row.top() > (1 - EDGE) * height;
      if (top || bottom) {
        edges.add(Edge.of(row));
      }
    }
    Set<Row> running = Collections.newSetFromMap(new IdentityHashMap<>());
    return new PageDraft(
        number, label, width, height, drawn.upright(), drawn.turned(), outlined, edges, running);
  }

  /** The runs that are no running header or footer. */
  List<Run> body() {
    Set<Run> removed = Collections.newSetFromMap(new IdentityHashMap<>());
    running.forEach(it -> removed.addAll(it.runs()));
    return upright.stream().filter(it -> !removed.contains(it)).toList();
  }
}
