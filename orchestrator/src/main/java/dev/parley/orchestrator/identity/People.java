package dev.parley.orchestrator.identity;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** People, organisations and tokens, put together over their ports. */
public final class People {
  private static final Duration KEPT = Duration.ofDays(2);

  /** Where things are kept. */
  public record Stores(
      PeopleStore people,
      OrganisationStore organisations,
      InvitationStore invitations,
      SignInStore signIns,
      LinkStore links,
      AttemptStore attempts,
      OpenIdStore openId) {}

  /** What it needs of the world. */
  public record World(
      PasswordHash hash,
      AccessTokens tokens,
      Post post,
      List<OpenIdProvider> providers,
      Organisations.Belongings belongings,
      AuditTrail audit,
      Supplier<String> ids,
      InstantSource clock,
      Executor background) {}

  private final Stores stores;
  private final World world;
  private final IdentityRules rules;
  private final SignIns signIns;
  private final Accounts accounts;
  private final Links links;
  private final Organisations organisations;
  private final Invitations invitations;
  private final OpenIdSignIns openId;

  /**
   * Puts it together.
   *
   * @param base address that people reach the server by, for links and providers
   */
  public People(Stores stores, World world, IdentityRules rules, URI base) {
    this.stores = stores;
    this.world = world;
    this.rules = rules;
    var ids = world.ids();
    var clock = world.clock();
    var audit = world.audit();
    var people = stores.people();
    var guard = new SignInGuard(stores.attempts(), clock);
    var homes = new Homes(stores.organisations(), rules, ids, clock);
    var letters = new Letters(stores.links(), world.post(), guard, clock, base, world.background());
    var passwords = new Passwords(world.hash(), CommonPasswords.shipped());
    signIns =
        new SignIns(
            stores.signIns(),
            people,
            stores.organisations(),
            world.tokens(),
            rules,
            ids,
            clock,
            audit);
    accounts =
        new Accounts(
            people,
            stores.invitations(),
            signIns,
            homes,
            passwords,
            guard,
            letters,
            rules,
            ids,
            clock,
            audit);
    links = new Links(stores.links(), people, signIns, passwords, guard, clock, audit);
    organisations = new Organisations(stores.organisations(), world.belongings(), ids, clock);
    invitations =
        new Invitations(
            stores.invitations(), stores.organisations(), people, signIns, letters, ids, clock);
    openId =
        new OpenIdSignIns(
            world.providers(),
            stores.openId(),
            people,
            stores.invitations(),
            signIns,
            homes,
            guard,
            base,
            ids,
            clock,
            audit);
  }

  /** How people become somebody. */
  public Accounts accounts() {
    return accounts;
  }

  /** What people do with links that were sent. */
  public Links links() {
    return links;
  }

  /** Tokens. */
  public SignIns signIns() {
    return signIns;
  }

  /** Sign-in by somebody else's word. */
  public OpenIdSignIns openId() {
    return openId;
  }

  /** Organisations and their members. */
  public Organisations organisations() {
    return organisations;
  }

  /** Invitations. */
  public Invitations invitations() {
    return invitations;
  }

  /** What the operator chose. */
  public IdentityRules rules() {
    return rules;
  }

  /** Removes what is good for nothing any more; to be called now and then. */
  public void sweep() {
    Instant before = world.clock().instant().minus(KEPT);
    stores.signIns().forgetBefore(before);
    stores.links().forgetBefore(before);
    stores.openId().forgetBefore(before);
    stores.attempts().forgetBefore(before);
  }
}
