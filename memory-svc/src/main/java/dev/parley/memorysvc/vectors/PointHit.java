package dev.parley.memorysvc.vectors;

/**
 * A point that was found, and why.
 *
 * @param point without its vector
 * @param score what orders the hits; larger is better
 * @param cosine with the vector of the question, -1 to 1; 0 where either has none
 * @param denseRank place by meaning, from 1; 0 where not found by it
 * @param bm25 its worth by words; 0 where not found by them
 * @param lexicalRank place by words, from 1; 0 where not found by them
 */
public record PointHit(
    Point point, double score, double cosine, int denseRank, double bm25, int lexicalRank) {}
