package dev.parley.orchestrator.identity;

import dev.parley.kit.failure.Failure;
import dev.parley.orchestrator.identity.PeopleStore.Entry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/** People become somebody: sign up, sign in, passwords and profile. */
public final class Accounts {
  /** Who wants in, and what it brings. Empty text for what was not said. */
  public record SignUp(
      String email,
      String password,
      String displayName,
      String organisationName,
      String invitationToken) {}

  private final PeopleStore people;
  private final InvitationStore invitations;
  private final SignIns signIns;
  private final Homes homes;
  private final Passwords passwords;
  private final SignInGuard guard;
  private final Letters letters;
  private final IdentityRules rules;
  private final Supplier<String> ids;
  private final InstantSource clock;
  private final AuditTrail audit;

  Accounts(
      PeopleStore people,
      InvitationStore invitations,
      SignIns signIns,
      Homes homes,
      Passwords passwords,
      SignInGuard guard,
      Letters letters,
      IdentityRules rules,
      Supplier<String> ids,
      InstantSource clock,
      AuditTrail audit) {
    this.people = people;
    this.invitations = invitations;
    this.signIns = signIns;
    this.homes = homes;
    this.passwords = passwords;
    this.guard = guard;
    this.letters = letters;
    this.rules = rules;
    this.ids = ids;
    this.clock = clock;
    this.audit = audit;
  }

  /** A new person with an organisation, or in the one that invited. */
  public Tokens signUp(SignUp wanted, Visitor visitor) {
    requirePasswords();
    guard.visit(visitor);
    String email = wanted.email().strip();
    Optional<Invitation> invitation = invitation(wanted.invitationToken(), email);
    homes.admit(invitation.isPresent());
    String hash = passwords.accept("password", wanted.password(), email);
    Person person = person(ids.get(), email, wanted.displayName(), clock.instant());
    Entry entry = homes.entry(person, wanted.organisationName(), invitation);
    if (!people.create(person, Optional.of(hash), entry, Optional.empty())) {
      throw Failure.of(
          Failure.Code.ALREADY_EXISTS, "ALREADY_EXISTS", "email: somebody signed up with it");
    }
    letters.verify(person);
    audit.note(entry.organisationId(), person.id(), "sign_up", "done");
    return signIns.begin(person.id(), entry.organisationId(), visitor);
  }

  /**
   * Tokens for an address and its password. What goes wrong looks and takes the same whether or not
   * somebody has the address. Fails with SIGN_IN_FAILED, LOCKED_OUT, ORGANISATION_NOT_FOUND.
   */
  public Tokens signIn(String email, String password, String organisationId, Visitor visitor) {
    requirePasswords();
    guard.begin(email, visitor);
    Optional<Account> account = people.findByEmail(email.strip());
    if (!passwords.fit(password, account)) {
      account.ifPresent(
          it -> audit.note(it.lastOrganisationId(), it.person().id(), "sign_in", "SIGN_IN_FAILED"));
      throw failed("the address and the password do not fit");
    }
    Account known = account.orElseThrow();
    guard.succeeded(email, visitor);
    passwords
        .strengthened(password, known)
        .ifPresent(hash -> people.setPassword(known.person().id(), hash));
    Tokens tokens =
        signIns.begin(known.person().id(), homes.choose(known, organisationId), visitor);
    audit.note(tokens.organisation().id(), known.person().id(), "sign_in", "done");
    return tokens;
  }

  /** Sends a link to a new password, if somebody has that address; says nothing either way. */
  public void requestReset(String email, Visitor visitor) {
    guard.visit(visitor);
    people.findByEmail(email.strip()).map(Account::person).ifPresent(letters::reset);
  }

  /** Sets a new password in place of the old one and ends all sign-ins. */
  public Tokens changePassword(Actor actor, String before, String after, Visitor visitor) {
    requirePasswords();
    Account account = account(actor);
    String email = account.person().email();
    guard.begin(email, visitor);
    if (!passwords.fit(before, Optional.of(account))) {
      throw failed("the old password does not fit");
    }
    guard.succeeded(email, visitor);
    people.setPassword(actor.personId(), passwords.accept("new_password", after, email));
    signIns.endAll(actor.personId());
    return signIns.begin(actor.personId(), actor.organisationId(), visitor);
  }

  /** Sends a link that proves the address once more; nothing where it is proven. */
  public void requestVerification(Actor actor) {
    Person person = account(actor).person();
    if (!person.emailVerified() && !person.email().isEmpty()) {
      letters.verify(person);
    }
  }

  /** The person who asks; absent for a service account. */
  public Optional<Person> person(Actor actor) {
    return people.find(actor.personId()).map(Account::person);
  }

  /** Changes name and language; empty leaves either. */
  public Person update(Actor actor, String displayName, String language) {
    Person changed = account(actor).person().profile(displayName, language);
    people.update(changed);
    return changed;
  }

  private Account account(Actor actor) {
    return people
        .find(actor.personId())
        .orElseThrow(() ->
            Failure.of(
                Failure.Code.PERMISSION_DENIED, "PERMISSION_DENIED", "only a person can do this"));
  }

  private Optional<Invitation> invitation(String token, String email) {
    return token.isEmpty()
        ? Optional.empty()
        : Optional.of(Invitations.find(invitations, token, email, clock.instant()));
  }

  static Person person(String id, String email, String displayName, Instant now) {
    String name = displayName.isBlank() ? email.substring(0, email.indexOf('@')) : displayName;
    return new Person(id, email, name.strip(), false, "", now);
  }

  private void requirePasswords() {
    if (!rules.passwords()) {
      throw failed("passwords are not used here (expected a provider of those listed)");
    }
  }

  static Failure failed(String why) {
    return Failure.of(Failure.Code.UNAUTHENTICATED, "SIGN_IN_FAILED", why);
  }
}
