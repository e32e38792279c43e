package dev.parley.orchestrator.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.kit.identity.Owner;
import dev.parley.orchestrator.identity.AccountRemoval;
import dev.parley.orchestrator.identity.Organisation;
import dev.parley.orchestrator.identity.PeopleStore;
import dev.parley.orchestrator.identity.Person;
import dev.parley.orchestrator.identity.Role;
import dev.parley.orchestrator.identity.SignIn;
import dev.parley.orchestrator.privacy.Removal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who wants to be forgotten leaves no row that says who it was. */
class AccountRemovalTest {
  private static final Instant NOW = Instant.parse("2026-11-21T13:45:00Z");

  private final PostgresDatabase database = PostgresForTests.fresh();
  private final PostgresPeopleStore people = new PostgresPeopleStore(database);
  private final PostgresOrganisationStore organisations = new PostgresOrganisationStore(database);
  private final PostgresSignInStore signIns = new PostgresSignInStore(database);
  private final List<String> ended = new ArrayList<>();
  private final AccountRemoval removal =
      new AccountRemoval(people, organisations, signIns, ended::add);

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void noRowOfAnyTableTellsOfWhoWasForgotten() {
    person("ann", "acme", Role.OWNER, true);
    people.link("ann", new PeopleStore.External("google", "subject-ann"));
    assertThat(removal.erase(new Owner("acme", "ann"), Set.of()))
        .containsExactly(new Removal("accounts", 1));
    assertThat(rows()).noneMatch(it -> it.contains("ann"));
    assertThat(organisations.find("acme")).isEmpty();
    assertThat(ended).containsExactly("acme");
    assertThat(removal.erase(new Owner("acme", "ann"), Set.of())).isEmpty();
  }

  @Test
  void whoIsInAnotherOrganisationLeavesOnlyThisOneAndIsSignedOut() {
    person("ann", "acme", Role.OWNER, true);
    person("bob", "other", Role.OWNER, true);
    join("ann", "other", Role.MEMBER);
    assertThat(removal.erase(new Owner("other", "ann"), Set.of()))
        .containsExactly(new Removal("memberships", 1));
    assertThat(organisations.of("ann"))
        .extracting(it -> it.organisation().id())
        .containsOnly("acme");
    assertThat(people.find("ann")).isPresent();
    assertThat(signIns.list("ann", NOW)).isEmpty();
    assertThat(ended).isEmpty();
  }

  @Test
  void anOrganisationWhoseLastOwnerGoesIsGivenToTheHighestWhoIsInItLongest() {
    person("ann", "acme", Role.OWNER, true);
    person("mia", "acme", Role.MEMBER, false);
    person("adi", "acme", Role.ADMIN, false);
    person("abe", "acme", Role.ADMIN, false);
    removal.erase(new Owner("acme", "ann"), Set.of());
    assertThat(organisations.member("acme", "adi").orElseThrow().role()).isEqualTo(Role.OWNER);
    assertThat(organisations.member("acme", "abe").orElseThrow().role()).isEqualTo(Role.ADMIN);
    assertThat(rows()).noneMatch(it -> it.contains("ann"));
  }

  @Test
  void theMachinesOwnerStaysAndHasItsFirstNameAgain() {
    people.update(people.find("local").orElseThrow().person().profile("Mira", "de"));
    removal.erase(Owner.LOCAL, Set.of());
    assertThat(people.find("local").orElseThrow().person().displayName())
        .isEqualTo("Owner of this machine");
    assertThat(organisations.find("local", "local")).isPresent();
  }

  @Test
  void whoHasNoAccountHasNothingToRemove() {
    assertThat(removal.erase(new Owner("acme", "visitor-1"), Set.of())).isEmpty();
  }

  private void person(String id, String organisation, Role role, boolean founds) {
    var person = new Person(id, id + "@example.org", "Name of " + id, true, "en", NOW);
    var founded =
        founds
            ? Optional.of(new Organisation(organisation, "Team", "free", false, NOW))
            : Optional.<Organisation>empty();
    people.create(
        person,
        Optional.of("hash"),
        new PeopleStore.Entry(organisation, role, founded, ""),
        Optional.empty());
    signIns.begin(
        new SignIn("sign-in-" + id, id, organisation, "agent", NOW, NOW, NOW.plusSeconds(99)),
        "token of " + id);
  }

  private void join(String person, String organisation, Role role) {
    database.everywhere(handle -> {
      PostgresOrganisationStore.join(handle, organisation, person, role);
      return 1;
    });
  }

  private List<String> rows() {
    return database.everywhere(handle ->
        handle
            .select(
                "select table_name from information_schema.tables"
                    + " where table_schema = 'orchestrator' and table_type = 'BASE TABLE'")
            .mapTo(String.class)
            .stream()
            .flatMap(table ->
                handle
                    .select("select t::text from orchestrator.\"" + table + "\" t")
                    .mapTo(String.class)
                    .stream())
            .toList());
  }
}
