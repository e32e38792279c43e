package dev.parley.memorysvc.vectors;

import java.util.List;
import java.util.Set;

/**
 * What a question found.
 *
 * @param hits best first
 * @param leftOut ways that did not answer in time; none when the answer is whole
 */
public record Found(List<PointHit> hits, Set<Leg> leftOut) {
  /** Copies both. */
  public Found {
    hits = List.copyOf(hits);
    leftOut = Set.copyOf(leftOut);
  }
}
