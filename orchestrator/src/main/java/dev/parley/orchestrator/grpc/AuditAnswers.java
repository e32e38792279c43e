package dev.parley.orchestrator.grpc;

import dev.parley.identity.v1.AuditEntry;
import dev.parley.identity.v1.ListAuditEntriesRequest;
import dev.parley.identity.v1.ListAuditEntriesResponse;
import dev.parley.identity.v1.VerifyAuditResponse;
import dev.parley.kit.failure.Failure;
import dev.parley.orchestrator.identity.audit.AuditStore;
import dev.parley.orchestrator.identity.audit.Chain;
import dev.parley.orchestrator.identity.audit.Entry;
import dev.parley.orchestrator.identity.audit.Names;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What the audit log says, as messages. Stateless; blocks. */
public final class AuditAnswers {
  private static final int PAGE = 50;

  private final AuditStore store;
  private final Names names;

  /** From that store, with those names for actors whose keys exist. */
  public AuditAnswers(AuditStore store, Names names) {
    this.store = store;
    this.names = names;
  }

  /** The newest first. Fails with INVALID_ARGUMENT for a page token that is none. */
  public ListAuditEntriesResponse list(String organisationId, ListAuditEntriesRequest q) {
    int size = q.getPageSize() == 0 ? PAGE : q.getPageSize();
    long below = q.getPageToken().isEmpty() ? Long.MAX_VALUE : number(q.getPageToken());
    List<Entry> found = store.list(organisationId, q.getAction(), below, size + 1);
    List<Entry> page = found.subList(0, Math.min(size, found.size()));
    Map<String, String> actors = names(organisationId, page);
    return ListAuditEntriesResponse.newBuilder()
        .addAllEntries(page.stream().map(it -> message(it, actors)).toList())
        .setNextPageToken(found.size() > size ? Long.toString(page.getLast().number()) : "")
        .build();
  }

  private Map<String, String> names(String organisationId, List<Entry> page) {
    List<String> pseudonyms =
        page.stream().map(Entry::actor).filter(Predicate.not(String::isEmpty)).distinct().toList();
    return store.people(organisationId, pseudonyms).entrySet().stream()
        .collect(
            Collectors.toUnmodifiableMap(
                Map.Entry::getKey, it -> names.name(organisationId, it.getValue()).orElse("")));
  }

  /** Computes the chain anew. */
  public VerifyAuditResponse verify(String organisationId) {
    Chain.Verdict verdict = store.verify(organisationId);
    return VerifyAuditResponse.newBuilder()
        .setIntact(verdict.intact())
        .setEntries(verdict.entries())
        .setFirstBroken(verdict.firstBroken())
        .setHead(verdict.head())
        .build();
  }

  private static long number(String token) {
    try {
      return Long.parseLong(token);
    } catch (NumberFormatException e) {
      throw Failure.invalid("page_token", token + " (expected one from the page before)");
    }
  }

  private static AuditEntry message(Entry it, Map<String, String> names) {
    return AuditEntry.newBuilder()
        .setNumber(it.number())
        .setTime(Times.timestamp(it.time()))
        .setActor(it.actor())
        .setActorName(names.getOrDefault(it.actor(), ""))
        .setAction(it.action())
        .setTarget(it.target())
        .setOutcome(it.outcome())
        .setRequestId(it.requestId())
        .setHash(it.hash())
        .build();
  }
}
