package dev.parley.orchestrator.identity;

import dev.parley.kit.failure.Failure;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Organisations and who is in them. Nobody gives or takes a role above one's own. */
public final class Organisations {
  /** What of an organisation lies in other stores. */
  public interface Belongings {
    /** Begins to remove it; goes on in the background. */
    void remove(String organisationId, List<String> personIds);
  }

  private final OrganisationStore store;
  private final Belongings belongings;
  private final Supplier<String> ids;
  private final InstantSource clock;

  Organisations(
      OrganisationStore store, Belongings belongings, Supplier<String> ids, InstantSource clock) {
    this.store = store;
    this.belongings = belongings;
    this.ids = ids;
    this.clock = clock;
  }

  /** Those that the person is in, by name. */
  public List<Joined> of(Actor actor) {
    return store.of(actor.personId());
  }

  /** One more, of which the person is the owner. */
  public Organisation create(Actor actor, String displayName, String requestId) {
    var wanted =
        new Organisation(ids.get(), displayName.strip(), Homes.PLAN, false, clock.instant());
    return store.create(wanted, actor.personId(), requestId);
  }

  /** The one that the identity is good in. */
  public Organisation get(Actor actor) {
    return store
        .find(actor.organisationId())
        .orElseThrow(() -> Failure.notFound("organisation", actor.organisationId()));
  }

  /** Changes it; an empty name and an absent choice leave what is. */
  public Organisation update(Actor actor, String displayName, Optional<Boolean> mask) {
    Organisation now = get(actor);
    var changed =
        new Organisation(
            now.id(),
            displayName.isBlank() ? now.displayName() : displayName.strip(),
            now.planId(),
            mask.orElse(now.maskTranscripts()),
            now.createTime());
    store.update(changed);
    return changed;
  }

  /** Ends it. The name is asked for once more, and that of a machine without accounts stays. */
  public void delete(Actor actor, String displayName) {
    Organisation it = get(actor);
    if (it.id().equals(Organisation.LOCAL)) {
      throw Failure.of(
          Failure.Code.FAILED_PRECONDITION,
          "FORBIDDEN",
          "the organisation of this machine cannot be ended (expected forget-me)");
    }
    if (!it.displayName().equals(displayName)) {
      throw Failure.invalid("display_name", "is another (expected the organisation's)");
    }
    List<String> people =
        store.members(it.id(), "", Integer.MAX_VALUE).members().stream()
            .map(member -> member.person().id())
            .toList();
    belongings.remove(it.id(), people);
    store.delete(it.id());
  }

  /** Who is in it, by name. */
  public OrganisationStore.Page members(Actor actor, String pageToken, int size) {
    return store.members(actor.organisationId(), pageToken, size);
  }

  /** Gives a member another role. Fails with LAST_OWNER, MEMBER_NOT_FOUND. */
  public Member setRole(Actor actor, String personId, Role role) {
    actor.requireRole(role);
    actor.requireRole(member(actor, personId).role());
    require(personId, store.setRole(actor.organisationId(), personId, role));
    return member(actor, personId);
  }

  /** Removes a member. Fails with LAST_OWNER, MEMBER_NOT_FOUND. */
  public void remove(Actor actor, String personId) {
    actor.requireRole(member(actor, personId).role());
    require(personId, store.remove(actor.organisationId(), personId));
  }

  private Member member(Actor actor, String personId) {
    return store
        .member(actor.organisationId(), personId)
        .orElseThrow(() -> Failure.notFound("member", personId));
  }

  private static void require(String personId, OrganisationStore.Change change) {
    switch (change) {
      case DONE -> {}
      case NO_MEMBER -> throw Failure.notFound("member", personId);
      case LAST_OWNER ->
          throw Failure.of(
              Failure.Code.FAILED_PRECONDITION,
              "LAST_OWNER",
              "an organisation keeps at least one owner (expected another owner first)");
    }
  }
}
