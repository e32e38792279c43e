package dev.parley.orchestrator.identity.audit;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * The audit log on disk, which nobody can change or shorten. Thread-safe, also across processes;
 * blocks.
 *
 * <p>Fails with {@link dev.parley.kit.failure.Failure} STORE_FAILED.
 */
public interface AuditStore {
  /** Adds deeds in their order, all of an organisation or none of it. */
  void append(List<Deed> deeds);

  /** The newest first, those below that number; {@link Long#MAX_VALUE} means the first page. */
  List<Entry> list(String organisationId, String action, long below, int size);

  /** Computes the whole chain anew. */
  Chain.Verdict verify(String organisationId);

  /** The people behind pseudonyms, as far as their keys exist. */
  Map<String, String> people(String organisationId, Collection<String> pseudonyms);

  /** Destroys a person's key; how many there were. */
  int destroyKey(String organisationId, String personId);
}
