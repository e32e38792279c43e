package dev.parley.orchestrator.identity;

import dev.parley.orchestrator.identity.LinkStore.Link;
import dev.parley.orchestrator.identity.LinkStore.Purpose;
import java.time.InstantSource;

/** What a person does with a link that was sent: prove an address, set a new password. */
public final class Links {
  private final LinkStore links;
  private final PeopleStore people;
  private final SignIns signIns;
  private final Passwords passwords;
  private final SignInGuard guard;
  private final InstantSource clock;
  private final AuditTrail audit;

  Links(
      LinkStore links,
      PeopleStore people,
      SignIns signIns,
      Passwords passwords,
      SignInGuard guard,
      InstantSource clock,
      AuditTrail audit) {
    this.links = links;
    this.people = people;
    this.signIns = signIns;
    this.passwords = passwords;
    this.guard = guard;
    this.clock = clock;
    this.audit = audit;
  }

  /** Notes that the address is the person's. Fails with TOKEN_INVALID. */
  public void verify(String token, Visitor visitor) {
    Link link = take(token, Purpose.VERIFY, visitor);
    people.verified(link.personId(), link.email());
    audit.note("", link.personId(), "verify_email", "done");
  }

  /**
   * Sets a new password, which proves the address too, and ends all sign-ins. Fails with
   * TOKEN_INVALID; a password that is refused leaves the link good.
   */
  public void reset(String token, String password, Visitor visitor) {
    passwords.require("password", password, "");
    Link link = take(token, Purpose.RESET, visitor);
    people.setPassword(link.personId(), passwords.accept("password", password, ""));
    people.verified(link.personId(), link.email());
    signIns.endAll(link.personId());
    guard.succeeded(link.email(), Visitor.HERE);
    audit.note("", link.personId(), "reset_password", "done");
  }

  private Link take(String token, Purpose purpose, Visitor visitor) {
    guard.visit(visitor);
    return links
        .take(Secret.hash(token), purpose, clock.instant())
        .orElseThrow(() -> SignIns.invalid("the link is wrong, used, or too old"));
  }
}
