package dev.parley.orchestrator.identity;

import dev.parley.kit.failure.Failure;
import dev.parley.orchestrator.identity.OpenIdProvider.Attempt;
import dev.parley.orchestrator.identity.OpenIdProvider.Vouched;
import dev.parley.orchestrator.identity.PeopleStore.Entry;
import dev.parley.orchestrator.identity.PeopleStore.External;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Sign-in by somebody else's word. An account is joined to a person who has the address only when
 * both sides proved it: else who signs up first with another's address would be let in later.
 */
public final class OpenIdSignIns {
  private static final Duration LIFETIME = Duration.ofMinutes(10);

  /** Where to send the browser, and what comes back with the code. */
  public record Started(String authorisationUri, String state) {}

  private final List<OpenIdProvider> providers;
  private final OpenIdStore store;
  private final PeopleStore people;
  private final InvitationStore invitations;
  private final SignIns signIns;
  private final Homes homes;
  private final SignInGuard guard;
  private final URI base;
  private final Supplier<String> ids;
  private final InstantSource clock;
  private final AuditTrail audit;

  OpenIdSignIns(
      List<OpenIdProvider> providers,
      OpenIdStore store,
      PeopleStore people,
      InvitationStore invitations,
      SignIns signIns,
      Homes homes,
      SignInGuard guard,
      URI base,
      Supplier<String> ids,
      InstantSource clock,
      AuditTrail audit) {
    this.providers = List.copyOf(providers);
    this.store = store;
    this.people = people;
    this.invitations = invitations;
    this.signIns = signIns;
    this.homes = homes;
    this.guard = guard;
    this.base = base;
    this.ids = ids;
    this.clock = clock;
    this.audit = audit;
  }

  /** Those set up. */
  public List<OpenIdProvider> providers() {
    return providers;
  }

  /** Begins. Fails with PROVIDER_NOT_FOUND, and where the browser would come back elsewhere. */
  public Started start(String providerId, String redirectUri, Visitor visitor) {
    guard.visit(visitor);
    OpenIdProvider provider = provider(providerId);
    requireOurs(redirectUri);
    var attempt = new Attempt(Secret.next("ps_"), Secret.next(""), Secret.next(""), redirectUri);
    String uri = provider.authorisationUri(attempt);
    store.begin(new OpenIdStore.Begun(providerId, attempt), clock.instant().plus(LIFETIME));
    return new Started(uri, attempt.state());
  }

  /** Tokens for the code that came back. Fails with SIGN_IN_FAILED, SIGN_UP_CLOSED. */
  public Tokens finish(String state, String code, Visitor visitor) {
    guard.visit(visitor);
    var begun =
        store
            .take(state, clock.instant())
            .orElseThrow(() -> Accounts.failed("the state is wrong, used, or too old"));
    Vouched vouched = provider(begun.providerId()).redeem(begun.attempt(), code);
    var external = new External(begun.providerId(), vouched.subject());
    Account account = people.findByExternal(external).orElseGet(() -> join(external, vouched));
    String id = account.person().id();
    Tokens tokens = signIns.begin(id, homes.choose(account, ""), visitor);
    audit.note(tokens.organisation().id(), id, "sign_in_" + begun.providerId(), "done");
    return tokens;
  }

  private Account join(External external, Vouched vouched) {
    if (!vouched.emailVerified() || vouched.email().isEmpty()) {
      throw Accounts.failed("the provider does not vouch for an address");
    }
    Optional<Account> same = people.findByEmail(vouched.email());
    if (same.isPresent()) {
      return link(same.get(), external);
    }
    Instant now = clock.instant();
    Optional<Invitation> invitation = invitations.findByEmail(vouched.email(), now);
    homes.admit(invitation.isPresent());
    Person person = Accounts.person(ids.get(), vouched.email(), vouched.displayName(), now);
    Entry entry = homes.entry(person, "", invitation);
    if (!people.create(person, Optional.empty(), entry, Optional.of(external))) {
      throw Failure.of(Failure.Code.ABORTED, "ALREADY_EXISTS", "somebody was faster; try again");
    }
    people.verified(person.id(), person.email());
    return people.find(person.id()).orElseThrow(() -> Accounts.failed("the account is gone"));
  }

  private Account link(Account account, External external) {
    if (!account.person().emailVerified()) {
      throw Accounts.failed("that address has an account that did not prove it: do that first");
    }
    people.link(account.person().id(), external);
    return account;
  }

  private OpenIdProvider provider(String id) {
    return providers.stream()
        .filter(it -> it.id().equals(id))
        .findFirst()
        .orElseThrow(() -> Failure.notFound("provider", id));
  }

  /** The browser brings the code to this server only. */
  private void requireOurs(String redirectUri) {
    URI uri;
    try {
      uri = URI.create(redirectUri);
    } catch (IllegalArgumentException e) {
      throw Failure.invalid("redirect_uri", "cannot be read (expected an address)");
    }
    boolean ours =
        base.getScheme().equals(uri.getScheme())
            && base.getHost().equals(uri.getHost())
            && base.getPort() == uri.getPort()
            && uri.getRawUserInfo() == null;
    if (!ours) {
      throw Failure.invalid("redirect_uri", "is elsewhere (expected one below " + base + ")");
    }
  }
}
