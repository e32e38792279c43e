package dev.parley.orchestrator;

import dev.parley.kit.failure.Failure;
import dev.parley.kit.identity.Owner;
import dev.parley.orchestrator.identity.Member;
import dev.parley.orchestrator.identity.Organisation;
import dev.parley.orchestrator.identity.OrganisationStore;
import dev.parley.orchestrator.identity.Role;
import dev.parley.orchestrator.identity.audit.Names;
import dev.parley.orchestrator.identity.key.Holders;
import dev.parley.orchestrator.identity.usage.Plan;
import dev.parley.orchestrator.identity.usage.Plans;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What is to be known of organisations and their people at every call: some seconds old, and older
 * while their store is away. The machine's own owner has no row anywhere. Thread-safe.
 */
final class Directory implements Holders, Names, Plans {
  private static final Duration AGE = Duration.ofSeconds(5);
  private static final int MOST = 10_000;

  private record Seen(Optional<Organisation> organisation, long nanos) {}

  private final OrganisationStore organisations;
  private final Plan free;
  private final Map<String, Seen> seen = new ConcurrentHashMap<>();

  /** With what the plan allows that organisations begin with. */
  Directory(OrganisationStore organisations, Plan free) {
    this.organisations = organisations;
    this.free = free;
  }

  @Override
  public Optional<Role> role(Owner person) {
    return person.equals(Owner.LOCAL)
        ? Optional.of(Role.OWNER)
        : organisations.member(person.organisationId(), person.personId()).map(Member::role);
  }

  @Override
  public Optional<String> name(String organisationId, String personId) {
    return organisations.member(organisationId, personId).map(it -> it.person().displayName());
  }

  @Override
  public Plan of(String organisationId) {
    if (organisationId.equals(Owner.LOCAL.organisationId())) {
      return Plan.LOCAL;
    }
    return plan(organisation(organisationId).map(Organisation::planId).orElse(free.id()));
  }

  /** The plan of that name; the one that organisations begin with where it is not known. */
  Plan plan(String id) {
    return id.equals(free.id()) ? free : Plan.find(id).orElse(free);
  }

  /**
   * Whether personal data is masked in what is kept of the organisation's turns; also where that
   * cannot be known now, as nobody unmasks what was kept.
   */
  boolean masks(String organisationId) {
    return organisation(organisationId).map(Organisation::maskTranscripts).orElse(true);
  }

  private Optional<Organisation> organisation(String id) {
    long now = System.nanoTime();
    Seen known = seen.get(id);
    if (known != null && now - known.nanos() < AGE.toNanos()) {
      return known.organisation();
    }
    Seen fresh = new Seen(looked(id, known), now);
    if (seen.size() >= MOST) {
      seen.clear();
    }
    seen.put(id, fresh);
    return fresh.organisation();
  }

  /** As it was last known while its store is away: nobody who talks waits for it. */
  private Optional<Organisation> looked(String id, Seen known) {
    try {
      return organisations.find(id);
    } catch (Failure away) {
      return known == null ? Optional.empty() : known.organisation();
    }
  }
}
