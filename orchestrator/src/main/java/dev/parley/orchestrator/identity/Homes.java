package dev.parley.orchestrator.identity;

import dev.parley.kit.failure.Failure;
import dev.parley.orchestrator.identity.IdentityRules.SignUpRule;
import dev.parley.orchestrator.identity.PeopleStore.Entry;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Decides who may come in, and in which organisation somebody is who comes in. */
final class Homes {
  /** The plan of a new organisation. */
  static final String PLAN = "free";

  private static final int NAME = 100;

  private final OrganisationStore organisations;
  private final IdentityRules rules;
  private final Supplier<String> ids;
  private final InstantSource clock;

  Homes(
      OrganisationStore organisations,
      IdentityRules rules,
      Supplier<String> ids,
      InstantSource clock) {
    this.organisations = organisations;
    this.rules = rules;
    this.ids = ids;
    this.clock = clock;
  }

  /** Whether anybody may sign up. */
  boolean isOpen() {
    return rules.signUp() == SignUpRule.OPEN;
  }

  /** Fails with SIGN_UP_CLOSED where new people may not come in, or only invited ones. */
  void admit(boolean invited) {
    if (rules.signUp() == SignUpRule.CLOSED || !invited && !isOpen()) {
      String who = rules.signUp() == SignUpRule.CLOSED ? "nobody" : "only invited people";
      throw Failure.of(Failure.Code.PERMISSION_DENIED, "SIGN_UP_CLOSED", who + " may sign up here");
    }
  }

  /** How a new person comes in: with an organisation of its own, or where it is invited. */
  Entry entry(Person person, String organisationName, Optional<Invitation> invitation) {
    return invitation
        .map(it -> new Entry(it.organisationId(), it.role(), Optional.empty(), it.id()))
        .orElseGet(() -> {
          Organisation founded = founded(person, organisationName);
          return new Entry(founded.id(), Role.OWNER, Optional.of(founded), "");
        });
  }

  /** Where somebody signs in: as asked, or where the person was last, or anywhere. */
  String choose(Account account, String asked) {
    if (!asked.isEmpty()) {
      return asked;
    }
    Person person = account.person();
    List<String> all =
        organisations.of(person.id()).stream().map(it -> it.organisation().id()).toList();
    if (all.contains(account.lastOrganisationId())) {
      return account.lastOrganisationId();
    }
    return all.isEmpty() ? own(person) : all.getFirst();
  }

  /** Who was removed everywhere begins anew where anybody may. */
  private String own(Person person) {
    if (!isOpen()) {
      throw Failure.of(
          Failure.Code.PERMISSION_DENIED,
          "PERMISSION_DENIED",
          "you are in no organisation (expected an invitation)");
    }
    return organisations.create(founded(person, ""), person.id(), "").id();
  }

  private Organisation founded(Person person, String name) {
    String called = name.isBlank() ? person.displayName() : name.strip();
    String cut = called.length() <= NAME ? called : called.substring(0, NAME);
    return new Organisation(ids.get(), cut, PLAN, false, clock.instant());
  }
}
