package dev.parley.orchestrator.postgres;

import dev.parley.orchestrator.identity.People;
import dev.parley.orchestrator.identity.PeopleContract;
import org.junit.jupiter.api.AfterEach;

class PostgresPeopleTest extends PeopleContract {
  private final PostgresDatabase database = PostgresForTests.fresh();

  @Override
  protected People.Stores stores() {
    return new People.Stores(
        new PostgresPeopleStore(database),
        new PostgresOrganisationStore(database),
        new PostgresInvitationStore(database),
        new PostgresSignInStore(database),
        new PostgresLinkStore(database),
        new PostgresAttemptStore(database),
        new PostgresOpenIdStore(database));
  }

  @AfterEach
  void close() {
    database.close();
  }
}
