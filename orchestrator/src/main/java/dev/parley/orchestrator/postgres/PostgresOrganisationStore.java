package dev.parley.orchestrator.postgres;

import static dev.parley.orchestrator.postgres.PostgresSessionStore.utc;

import dev.parley.orchestrator.identity.Joined;
import dev.parley.orchestrator.identity.Member;
import dev.parley.orchestrator.identity.Organisation;
import dev.parley.orchestrator.identity.OrganisationStore;
import dev.parley.orchestrator.identity.Role;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/** Organisations and their members in PostgreSQL. */
public final class PostgresOrganisationStore implements OrganisationStore {
  private static final List<String> OWNED =
      List.of(
          "sign_ins",
          "api_keys",
          "service_accounts",
          "character_versions",
          "characters",
          "transcript_keys");
  private static final String JOINED =
      "select organisations.*, role from organisations join memberships on organisation_id = id"
          + " where person_id = ?";
  private static final String MEMBERS =
      "select people.*, role, join_time from people join memberships on person_id = id"
          + " where organisation_id = ?";

  private final PostgresDatabase database;

  /** In that database. */
  public PostgresOrganisationStore(PostgresDatabase database) {
    this.database = database;
  }

  @Override
  public Optional<Organisation> find(String id) {
    return database.everywhere(handle ->
        handle
            .select("select * from organisations where id = ?", id)
            .map((row, _) -> organisation(row))
            .findOne());
  }

  @Override
  public Organisation create(Organisation wanted, String ownerId, String requestId) {
    return database.everywhere(handle -> {
      if (insert(handle, wanted, ownerId, requestId) == 1) {
        join(handle, wanted.id(), ownerId, Role.OWNER);
      }
      return handle
          .select(
              "select * from organisations where id = ?"
                  + " or founder_id = ? and request_id = nullif(?, '')",
              wanted.id(),
              ownerId,
              requestId)
          .map((row, _) -> organisation(row))
          .one();
    });
  }

  static int insert(Handle handle, Organisation it, String founderId, String requestId) {
    return handle.execute(
        "insert into organisations (id, display_name, plan_id, mask_transcripts, founder_id,"
            + " request_id, create_time) values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing",
        it.id(),
        it.displayName(),
        it.planId(),
        it.maskTranscripts(),
        founderId,
        requestId,
        utc(it.createTime()));
  }

  static void join(Handle handle, String organisationId, String personId, Role role) {
    handle.execute(
        "insert into memberships (organisation_id, person_id, role, join_time)"
            + " values (?, ?, ?, now()) on conflict do nothing",
        organisationId,
        personId,
        role.number());
  }

  @Override
  public void update(Organisation it) {
    database.in(
        it.id(),
        handle ->
            handle.execute(
                "update organisations set display_name = ?, mask_transcripts = ? where id = ?",
                it.displayName(),
                it.maskTranscripts(),
                it.id()));
  }

  @Override
  public void delete(String id) {
    database.everywhere(handle -> {
      handle.execute(
          "update people set generation = generation + 1 where id in"
              + " (select person_id from memberships where organisation_id = ?)",
          id);
      OWNED.forEach(
          table -> handle.execute("delete from " + table + " where organisation_id = ?", id));
      return handle.execute("delete from organisations where id = ?", id);
    });
  }

  @Override
  public List<Joined> of(String personId) {
    return database.everywhere(handle ->
        handle
            .select(JOINED + " order by lower(display_name), id", personId)
            .map((row, _) -> new Joined(organisation(row), role(row)))
            .list());
  }

  @Override
  public Optional<Joined> find(String id, String personId) {
    return database.everywhere(handle ->
        handle
            .select(JOINED + " and id = ?", personId, id)
            .map((row, _) -> new Joined(organisation(row), role(row)))
            .findOne());
  }

  @Override
  public Page members(String id, String pageToken, int size) {
    NameToken after = NameToken.decode(pageToken);
    long most = size + 1L;
    List<Member> found =
        database.in(
            id,
            handle ->
                handle
                    .select(
                        MEMBERS
                            + " and (lower(display_name), id) > (lower(?), ?)"
                            + " order by lower(display_name), id limit ?",
                        id,
                        after.name(),
                        after.id(),
                        most)
                    .map((row, _) -> member(row))
                    .list());
    if (found.size() <= size) {
      return new Page(found, "");
    }
    List<Member> page = found.subList(0, size);
    Member last = page.getLast();
    return new Page(page, new NameToken(last.person().id(), last.person().displayName()).encode());
  }

  @Override
  public Optional<Member> member(String id, String personId) {
    return database.in(id, handle -> member(handle, id, personId));
  }

  private static Optional<Member> member(Handle handle, String id, String personId) {
    return handle
        .select(MEMBERS + " and person_id = ?", id, personId)
        .map((row, _) -> member(row))
        .findOne();
  }

  @Override
  public Change setRole(String id, String personId, Role role) {
    return change(
        id,
        personId,
        role == Role.OWNER,
        handle ->
            handle.execute(
                "update memberships set role = ? where organisation_id = ? and person_id = ?",
                role.number(),
                id,
                personId));
  }

  @Override
  public Change remove(String id, String personId) {
    return change(
        id,
        personId,
        false,
        handle ->
            handle.execute(
                "delete from memberships where organisation_id = ? and person_id = ?",
                id,
                personId));
  }

  /** Changes to one organisation's owners are made one after the other. */
  private Change change(String id, String personId, boolean staysOwner, Consumer<Handle> done) {
    return database.in(
        id,
        handle -> {
          handle
              .select("select 1 from organisations where id = ? for update", id)
              .mapTo(Integer.class)
              .findOne();
          Optional<Member> member = member(handle, id, personId);
          if (member.isEmpty()) {
            return Change.NO_MEMBER;
          }
          boolean owner = member.get().role() == Role.OWNER;
          if (owner && !staysOwner && owners(handle, id) == 1) {
            return Change.LAST_OWNER;
          }
          done.accept(handle);
          handle.execute("update people set generation = generation + 1 where id = ?", personId);
          return Change.DONE;
        });
  }

  private static int owners(Handle handle, String id) {
    return handle
        .select(
            "select count(*) from memberships where organisation_id = ? and role = ?",
            id,
            Role.OWNER.number())
        .mapTo(Integer.class)
        .one();
  }

  private static Organisation organisation(ResultSet row) throws SQLException {
    return new Organisation(
        row.getString("id"),
        row.getString("display_name"),
        row.getString("plan_id"),
        row.getBoolean("mask_transcripts"),
        row.getObject("create_time", OffsetDateTime.class).toInstant());
  }

  private static Member member(ResultSet row) throws SQLException {
    return new Member(
        PostgresPeopleStore.person(row),
        role(row),
        row.getObject("join_time", OffsetDateTime.class).toInstant());
  }

  static Role role(ResultSet row) throws SQLException {
    int number = row.getInt("role");
    return Role.of(number).orElseThrow(() -> new IllegalStateException("role " + number));
  }
}
