package dev.parley.orchestrator.identity;

import dev.parley.kit.identity.Owner;
import dev.parley.orchestrator.privacy.PersonalStore;
import dev.parley.orchestrator.privacy.Removal;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Takes a person who wants to be forgotten out of an organisation, and the account with its
 * sign-ins away where the person is in no other. An organisation of which nobody else is a member
 * ends with that; one that would be left without an owner is given to the member of the highest
 * role, the one who is in it longest. Every step may be done twice. Thread-safe; blocks.
 */
public final class AccountRemoval implements PersonalStore {
  private static final Comparator<Member> HEIR =
      Comparator.comparing(Member::role).reversed().thenComparing(Member::joinTime);
  private static final String MACHINE = "Owner of this machine";

  private final PeopleStore people;
  private final OrganisationStore organisations;
  private final SignInStore signIns;
  private final Consumer<String> ending;

  /**
   * Over those stores.
   *
   * @param ending removes what an organisation has elsewhere, as its documents; safe to repeat
   */
  public AccountRemoval(
      PeopleStore people,
      OrganisationStore organisations,
      SignInStore signIns,
      Consumer<String> ending) {
    this.people = people;
    this.organisations = organisations;
    this.signIns = signIns;
    this.ending = ending;
  }

  @Override
  public List<Removal> erase(Owner owner, Set<String> sessionIds) {
    Optional<Account> account = people.find(owner.personId());
    if (account.isEmpty()) {
      return List.of();
    }
    if (owner.equals(Owner.LOCAL)) {
      people.update(account.get().person().profile(MACHINE, ""));
      return List.of();
    }
    if (organisations.find(owner.organisationId(), owner.personId()).isPresent()) {
      leave(owner);
    }
    signIns.endAll(owner.personId());
    if (!organisations.of(owner.personId()).isEmpty()) {
      return List.of(new Removal("memberships", 1));
    }
    people.delete(owner.personId());
    return List.of(new Removal("accounts", 1));
  }

  private void leave(Owner owner) {
    String organisation = owner.organisationId();
    List<Member> others =
        organisations.members(organisation, "", Integer.MAX_VALUE - 1).members().stream()
            .filter(it -> !it.person().id().equals(owner.personId()))
            .sorted(HEIR)
            .toList();
    if (others.isEmpty()) {
      ending.accept(organisation);
      organisations.delete(organisation);
      return;
    }
    var change = organisations.remove(organisation, owner.personId());
    if (change == OrganisationStore.Change.LAST_OWNER) {
      organisations.setRole(organisation, others.getFirst().person().id(), Role.OWNER);
      organisations.remove(organisation, owner.personId());
    }
  }
}
