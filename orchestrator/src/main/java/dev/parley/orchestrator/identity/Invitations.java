package dev.parley.orchestrator.identity;

import dev.parley.kit.failure.Failure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** People asked into an organisation. The link is for whoever has the address it names. */
public final class Invitations {
  private static final Duration LIFETIME = Duration.ofDays(7);

  /** An invitation and the link to hand over; the link is empty where it was sent. */
  public record Invited(Invitation invitation, String link) {}

  private final InvitationStore store;
  private final OrganisationStore organisations;
  private final PeopleStore people;
  private final SignIns signIns;
  private final Letters letters;
  private final Supplier<String> ids;
  private final InstantSource clock;

  Invitations(
      InvitationStore store,
      OrganisationStore organisations,
      PeopleStore people,
      SignIns signIns,
      Letters letters,
      Supplier<String> ids,
      InstantSource clock) {
    this.store = store;
    this.organisations = organisations;
    this.people = people;
    this.signIns = signIns;
    this.letters = letters;
    this.ids = ids;
    this.clock = clock;
  }

  /** Invites somebody; at most with one's own role. A repeated request sends nothing again. */
  public Invited create(Actor actor, String email, Role role, String requestId) {
    actor.requireRole(role);
    Organisation organisation =
        organisations
            .find(actor.organisationId())
            .orElseThrow(() -> Failure.notFound("organisation", actor.organisationId()));
    String address = email.strip();
    requireNew(organisation.id(), address);
    Instant now = clock.instant();
    var wanted =
        new Invitation(ids.get(), organisation.id(), address, role, now.plus(LIFETIME), now);
    String token = Secret.next("pi_");
    Invitation kept = store.create(wanted, Secret.hash(token), requestId);
    boolean repeated = !kept.id().equals(wanted.id());
    return new Invited(
        kept, repeated ? "" : letters.invite(kept, organisation.displayName(), token));
  }

  private void requireNew(String organisationId, String email) {
    people
        .findByEmail(email)
        .flatMap(it -> organisations.member(organisationId, it.person().id()))
        .ifPresent(_ -> {
          throw Failure.of(
              Failure.Code.ALREADY_EXISTS, "ALREADY_EXISTS", "email: is a member already");
        });
  }

  /** Those that can be accepted yet, the newest first. */
  public List<Invitation> list(Actor actor) {
    return store.list(actor.organisationId(), clock.instant());
  }

  /** Takes one back. Fails with INVITATION_NOT_FOUND. */
  public void revoke(Actor actor, String id) {
    if (!store.revoke(actor.organisationId(), id)) {
      throw Failure.notFound("invitation", id);
    }
  }

  /** Joins with the account that one has. Fails with TOKEN_INVALID. */
  public Tokens accept(Actor actor, String token, Visitor visitor) {
    Person person =
        people
            .find(actor.personId())
            .map(Account::person)
            .orElseThrow(() -> SignIns.invalid("only a person can join"));
    Invitation invitation = find(store, token, person.email(), clock.instant());
    if (!store.accept(invitation.id(), person.id())) {
      throw used();
    }
    return signIns.begin(person.id(), invitation.organisationId(), visitor);
  }

  /** The invitation of a token, when it is for that address. Fails with TOKEN_INVALID. */
  static Invitation find(InvitationStore store, String token, String email, Instant now) {
    Invitation found = store.find(Secret.hash(token), now).orElseThrow(Invitations::used);
    if (!found.email().toLowerCase(Locale.ROOT).equals(email.toLowerCase(Locale.ROOT))) {
      throw SignIns.invalid("the invitation is for another address");
    }
    return found;
  }

  private static Failure used() {
    return SignIns.invalid("the invitation is wrong, used, taken back, or too old");
  }
}
