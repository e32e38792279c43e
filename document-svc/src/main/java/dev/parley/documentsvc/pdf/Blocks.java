package dev.parley.documentsvc.pdf;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Puts the runs of a page into reading order by cutting it recursively at blank space (the XY-cut
 * of Nagy and Seth, 1984), with two changes: lines that go over the gap between columns cut the
 * columns into bands above and below them, and a gap with short pieces of text beside it is taken
 * for a table, whose rows are read as wholes.
 */
final class Blocks {
  private static final int MAX_DEPTH = 12;
  private static final int BIN = 2;
  private static final int COLUMN_ROWS = 4;
  private static final float COLUMN_FILL = 0.5f;
  private static final int COLUMN_CHARACTERS = 14;

  private Blocks() {}

  /** Blocks in reading order; each is read row by row. */
  static List<List<Row>> of(List<Run> runs) {
    List<List<Row>> blocks = new ArrayList<>();
    cut(runs, 0, blocks);
    return blocks;
  }

  private static void cut(List<Run> runs, int depth, List<List<Row>> to) {
    if (runs.isEmpty()) {
      return;
    }
    Optional<Float> gap = depth < MAX_DEPTH ? columnGap(runs) : Optional.empty();
    if (gap.isEmpty()) {
      to.add(Row.of(runs));
      return;
    }
    List<Run> over = runs.stream().filter(it -> crosses(it, gap.get())).toList();
    List<Row> separators = Row.of(over);
    float from = -Float.MAX_VALUE;
    for (Row separator : separators) {
      columns(runs, gap.get(), from, separator.top(), depth, to);
      to.add(List.of(separator));
      from = separator.top();
    }
    columns(runs, gap.get(), from, Float.MAX_VALUE, depth, to);
  }

  /** The columns between two heights: the left one, then the right one. */
  private static void columns(
      List<Run> runs, float gap, float from, float to, int depth, List<List<Row>> blocks) {
    List<Run> band =
        runs.stream().filter(it -> !crosses(it, gap) && it.top() >= from && it.top() < to).toList();
    cut(band.stream().filter(it -> it.right() <= gap).toList(), depth + 1, blocks);
    cut(band.stream().filter(it -> it.left() >= gap).toList(), depth + 1, blocks);
  }

  private static boolean crosses(Run it, float x) {
    return it.left() < x && it.right() > x;
  }

  /** The x of the emptiest gap between two columns of text. */
  private static Optional<Float> columnGap(List<Run> runs) {
    float left = (float) runs.stream().mapToDouble(Run::left).min().orElse(0);
    float right = (float) runs.stream().mapToDouble(Run::right).max().orElse(0);
    int bins = (int) ((right - left) / BIN) + 1;
    if (runs.size() < 2 * COLUMN_ROWS || bins < 20 || bins > 5_000) {
      return Optional.empty();
    }
    int[] covered = new int[bins];
    for (Run run : runs) {
      int first = Math.clamp((int) ((run.left() - left) / BIN), 0, bins - 1);
      int last = Math.clamp((int) ((run.right() - left) / BIN), 0, bins - 1);
      for (int i = first; i <= last; i++) {
        covered[i]++;
      }
    }
    return valleys(covered).stream()
        .map(bin -> left + (bin + 0.5f) * BIN)
        .filter(x -> areColumns(runs, x))
        .findFirst();
  }

  /** Middles of the widest stretches that few runs cover, the emptiest first. */
  private static List<Integer> valleys(int[] covered) {
    int most = Arrays.stream(covered).max().orElse(0);
    int limit = most / 5;
    record Valley(int middle, int width, int depth) {}
    List<Valley> found = new ArrayList<>();
    int start = -1;
    for (int i = 0; i <= covered.length; i++) {
      boolean low = i < covered.length && covered[i] <= limit;
      if (low && start < 0) {
        start = i;
      } else if (!low && start >= 0) {
        int depth = Arrays.stream(covered, start, i).min().orElse(0);
        found.add(new Valley((start + i) / 2, i - start, depth));
        start = -1;
      }
    }
    found.sort(Comparator.comparingInt(Valley::depth).thenComparing(it -> -it.width()));
    return found.stream().filter(it -> it.width() * BIN >= 6).map(Valley::middle).limit(6).toList();
  }

  private static boolean areColumns(List<Run> runs, float x) {
    List<Run> left = runs.stream().filter(it -> it.right() <= x).toList();
    List<Run> right = runs.stream().filter(it -> it.left() >= x).toList();
    return Math.min(left.size(), right.size()) >= COLUMN_ROWS && isColumn(left) && isColumn(right);
  }

  /** Running text: enough rows, most of them nearly as wide as the column. */
  private static boolean isColumn(List<Run> side) {
    List<Row> rows = Row.of(side);
    float left = (float) rows.stream().mapToDouble(Row::left).min().orElse(0);
    float right = (float) rows.stream().mapToDouble(Row::right).max().orElse(0);
    double[] fills =
        rows.stream()
            .mapToDouble(it -> (it.right() - it.left()) / (right - left))
            .sorted()
            .toArray();
    int[] lengths = rows.stream().mapToInt(Row::length).sorted().toArray();
    return rows.size() >= COLUMN_ROWS
        && fills[fills.length / 2] >= COLUMN_FILL
        && lengths[lengths.length / 2] >= COLUMN_CHARACTERS;
  }
}
