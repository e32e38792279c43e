package dev.parley.memorysvc.vectors;

/**
 * A collection as it stands.
 *
 * @param key which
 * @param space what its vectors are
 * @param points how many it holds
 */
public record StoredCollection(CollectionKey key, VectorSpace space, long points) {}
