package dev.parley.orchestrator.postgres;

import static dev.parley.orchestrator.postgres.PostgresSessionStore.utc;

import dev.parley.orchestrator.identity.Account;
import dev.parley.orchestrator.identity.PeopleStore;
import dev.parley.orchestrator.identity.Person;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** People in PostgreSQL, one row each. */
public final class PostgresPeopleStore implements PeopleStore {
  /** Takes back what the transaction did. */
  private static final class InvitationGone extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private final PostgresDatabase database;

  /** In that database. */
  public PostgresPeopleStore(PostgresDatabase database) {
    this.database = database;
  }

  @Override
  public Optional<Account> find(String id) {
    return database.everywhere(handle -> one(handle, "select * from people where id = ?", id));
  }

  @Override
  public Optional<Account> findByEmail(String email) {
    return email.isEmpty()
        ? Optional.empty()
        : database.everywhere(
            handle -> one(handle, "select * from people where email_key = ?", key(email)));
  }

  @Override
  public Optional<Account> findByExternal(External external) {
    return database.everywhere(handle ->
        one(
            handle,
            "select people.* from people join external_accounts on person_id = id"
                + " where provider_id = ? and subject = ?",
            external.providerId(),
            external.subject()));
  }

  @Override
  public boolean create(
      Person person, Optional<String> passwordHash, Entry entry, Optional<External> external) {
    try {
      return database.everywhere(handle -> {
        if (insert(handle, person, passwordHash, entry) == 0) {
          return one(handle, "select * from people where id = ?", person.id()).isPresent();
        }
        enter(handle, person, entry);
        external.ifPresent(it -> link(handle, person.id(), it));
        return true;
      });
    } catch (InvitationGone nothingKept) {
      return false;
    }
  }

  private static int insert(
      Handle handle, Person person, Optional<String> passwordHash, Entry entry) {
    return handle.execute(
        "insert into people (id, email, email_key, display_name, email_verified, language,"
            + " password_hash, last_organisation_id, create_time)"
            + " values (?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing",
        person.id(),
        person.email(),
        key(person.email()),
        person.displayName(),
        person.emailVerified(),
        person.language(),
        passwordHash.orElse(null),
        entry.organisationId(),
        utc(person.createTime()));
  }

  private static void enter(Handle handle, Person person, Entry entry) {
    entry.founded().ifPresent(it -> PostgresOrganisationStore.insert(handle, it, person.id(), ""));
    boolean invited = !entry.invitationId().isEmpty();
    if (invited && !PostgresInvitationStore.useUp(handle, entry.invitationId())) {
      throw new InvitationGone();
    }
    PostgresOrganisationStore.join(handle, entry.organisationId(), person.id(), entry.role());
  }

  @Override
  public void link(String personId, External external) {
    database.everywhere(handle -> link(handle, personId, external));
  }

  private static int link(Handle handle, String personId, External external) {
    return handle.execute(
        "insert into external_accounts (provider_id, subject, person_id) values (?, ?, ?)"
            + " on conflict do nothing",
        external.providerId(),
        external.subject(),
        personId);
  }

  @Override
  public void update(Person person) {
    run(
        "update people set display_name = ?, language = ? where id = ?",
        person.displayName(),
        person.language(),
        person.id());
  }

  @Override
  public void verified(String personId, String email) {
    run(
        "update people set email_verified = true where id = ? and email_key = ?",
        personId,
        key(email));
  }

  @Override
  public void setPassword(String personId, String passwordHash) {
    run("update people set password_hash = ? where id = ?", passwordHash, personId);
  }

  @Override
  public void endTokens(String personId) {
    run("update people set generation = generation + 1 where id = ?", personId);
  }

  @Override
  public void delete(String personId) {
    run("update organisations set founder_id = '', request_id = '' where founder_id = ?", personId);
    run("delete from people where id = ?", personId);
  }

  private void run(String statement, Object... values) {
    database.everywhere(handle -> handle.execute(statement, values));
  }

  private static Optional<Account> one(Handle handle, String query, Object... values) {
    return handle
        .select(query, values)
        .map((row, _) ->
            new Account(
                person(row),
                Optional.ofNullable(row.getString("password_hash")),
                row.getLong("generation"),
                row.getString("last_organisation_id")))
        .findOne();
  }

  static Person person(ResultSet row) throws SQLException {
    return new Person(
        row.getString("id"),
        row.getString("email"),
        row.getString("display_name"),
        row.getBoolean("email_verified"),
        row.getString("language"),
        row.getObject("create_time", OffsetDateTime.class).toInstant());
  }

  static String key(String email) {
    return email.toLowerCase(Locale.ROOT);
  }
}
