package dev.parley.orchestrator.identity;

import dev.parley.kit.failure.Failure;
import dev.parley.orchestrator.identity.SignInStore.Rotation;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Gives tokens to people whose proof was good, and takes them back. */
public final class SignIns {
  private final SignInStore store;
  private final PeopleStore people;
  private final OrganisationStore organisations;
  private final AccessTokens tokens;
  private final IdentityRules rules;
  private final Supplier<String> ids;
  private final InstantSource clock;
  private final AuditTrail audit;

  /** Over those stores. */
  public SignIns(
      SignInStore store,
      PeopleStore people,
      OrganisationStore organisations,
      AccessTokens tokens,
      IdentityRules rules,
      Supplier<String> ids,
      InstantSource clock,
      AuditTrail audit) {
    this.store = store;
    this.people = people;
    this.organisations = organisations;
    this.tokens = tokens;
    this.rules = rules;
    this.ids = ids;
    this.clock = clock;
    this.audit = audit;
  }

  /** A sign-in of a person in an organisation; fails with ORGANISATION_NOT_FOUND. */
  Tokens begin(String personId, String organisationId, Visitor visitor) {
    Instant now = clock.instant();
    var signIn =
        new SignIn(
            ids.get(),
            personId,
            organisationId,
            visitor.userAgent(),
            now,
            now,
            now.plus(rules.refreshLifetime()));
    Joined joined = joined(signIn).orElseThrow(() -> noOrganisation(organisationId));
    String refresh = Secret.next("prt_");
    store.begin(signIn, Secret.hash(refresh));
    return proof(signIn, joined, refresh);
  }

  /**
   * New tokens for a refresh token, which is used up. Used twice it ends the sign-in. Fails with
   * TOKEN_INVALID.
   */
  public Tokens refresh(String refreshToken) {
    Instant now = clock.instant();
    String next = Secret.next("prt_");
    var rotation =
        store.rotate(
            Secret.hash(refreshToken), Secret.hash(next), now, now.plus(rules.refreshLifetime()));
    return switch (rotation) {
      case Rotation.Rotated(SignIn it) -> {
        Joined joined = joined(it).orElseThrow(() -> leftBehind(it));
        yield proof(it, joined, next);
      }
      case Rotation.Reused(SignIn it) -> {
        audit.note(it.organisationId(), it.personId(), "refresh", "TOKEN_REUSED");
        throw invalid("the refresh token was used before: sign in again");
      }
      case Rotation.Unknown _ -> throw invalid("the refresh token is not good: sign in again");
    };
  }

  /** Ends the sign-in of a refresh token, or all of its person. */
  public void end(String refreshToken, boolean everywhere) {
    Optional<SignIn> signIn = store.find(Secret.hash(refreshToken));
    signIn.ifPresent(it -> {
      if (everywhere) {
        endAll(it.personId());
      } else {
        store.end(it.id());
      }
      String what = everywhere ? "sign_out_everywhere" : "sign_out";
      audit.note(it.organisationId(), it.personId(), what, "done");
    });
  }

  /** Ends all sign-ins of a person, and all access tokens given out. */
  void endAll(String personId) {
    store.endAll(personId);
    people.endTokens(personId);
  }

  /** Where a person is signed in, the newest first. */
  public List<SignIn> of(String personId) {
    return store.list(personId, clock.instant());
  }

  /** Tokens in another organisation of the person; fails with ORGANISATION_NOT_FOUND. */
  public Tokens enter(Actor actor, String organisationId, Visitor visitor) {
    return begin(actor.personId(), organisationId, visitor);
  }

  private Failure leftBehind(SignIn it) {
    store.end(it.id());
    return invalid("you are no longer in that organisation: sign in again");
  }

  private Optional<Joined> joined(SignIn it) {
    return organisations.find(it.organisationId(), it.personId());
  }

  private Tokens proof(SignIn it, Joined joined, String refresh) {
    Account account = people.find(it.personId()).orElseThrow(() -> invalid("the account is gone"));
    var signed =
        tokens.sign(Grant.signIn(it, joined.role(), account.generation(), rules.accessLifetime()));
    return new Tokens(
        signed.token(),
        signed.expireTime(),
        refresh,
        it.expireTime(),
        account.person(),
        joined.organisation(),
        joined.role());
  }

  private static Failure noOrganisation(String id) {
    return Failure.notFound("organisation", id);
  }

  static Failure invalid(String why) {
    return Failure.of(Failure.Code.UNAUTHENTICATED, "TOKEN_INVALID", why);
  }
}
