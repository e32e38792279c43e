package dev.parley.orchestrator.postgres;

import static dev.parley.orchestrator.postgres.PostgresSessionStore.utc;

import dev.parley.kit.identity.Owner;
import dev.parley.orchestrator.privacy.Erasure;
import dev.parley.orchestrator.privacy.ErasureStore;
import dev.parley.orchestrator.privacy.Removal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/** Erasures in PostgreSQL, one row each. */
public final class PostgresErasureStore implements ErasureStore {
  private static final String DONE_LONG_AGO = "end_time < ?::timestamptz - interval '1 day'";
  private static final String OWN = " where organisation_id = ? and person_id = ?";

  private final PostgresDatabase database;

  /** In that database. */
  public PostgresErasureStore(PostgresDatabase database) {
    this.database = database;
  }

  @Override
  public Erasure begin(String id, Owner owner, String requestId, byte[] key, Instant time) {
    Optional<byte[]> request =
        Optional.of(requestId)
            .filter(it -> !it.isEmpty())
            .map(it -> Pseudonyms.ofRequest(owner, it));
    return database.everywhere(handle -> {
      handle.execute(
          "update erasures set request_hash = null where request_hash is not null and "
              + DONE_LONG_AGO,
          utc(time));
      handle.execute(
          "insert into erasures (id, organisation_id, person_id, pseudonym_key, start_time,"
              + " request_hash) values (?, ?, ?, ?, ?, ?) on conflict do nothing",
          id,
          owner.organisationId(),
          owner.personId(),
          key,
          utc(time),
          request.orElse(null));
      return handle
          .select(
              "select * from erasures where request_hash = ? or (organisation_id = ?"
                  + " and person_id = ? and end_time is null)"
                  + " order by request_hash = ? desc nulls last limit 1",
              request.orElse(null),
              owner.organisationId(),
              owner.personId(),
              request.orElse(null))
          .map((row, _) -> erasure(row))
          .one();
    });
  }

  @Override
  public void withAccount(String id) {
    database.everywhere(
        handle -> handle.execute("update erasures set with_account = true where id = ?", id));
  }

  @Override
  public boolean isWithAccount(String id) {
    return database.everywhere(handle ->
        handle
            .select("select with_account from erasures where id = ?", id)
            .mapTo(Boolean.class)
            .one());
  }

  @Override
  public Optional<Erasure> find(String id) {
    return database.everywhere(handle ->
        handle
            .select("select * from erasures where id = ?", id)
            .map((row, _) -> erasure(row))
            .findOne());
  }

  @Override
  public List<Erasure> unfinished() {
    return database.everywhere(handle ->
        handle
            .select("select * from erasures where end_time is null order by id")
            .map((row, _) -> erasure(row))
            .list());
  }

  @Override
  public Set<String> sessions(Erasure erasure) {
    Owner owner = erasure.owner().orElseThrow();
    return database.in(
        owner.organisationId(),
        handle -> {
          handle.execute(
              "update erasures set session_ids = array(select unnest(session_ids) union"
                  + " select id from sessions"
                  + OWN
                  + " union select session_id from turns"
                  + OWN
                  + ") where id = ?",
              owner.organisationId(),
              owner.personId(),
              owner.organisationId(),
              owner.personId(),
              erasure.id());
          return Set.copyOf(
              handle
                  .select("select unnest(session_ids) from erasures where id = ?", erasure.id())
                  .mapTo(String.class)
                  .list());
        });
  }

  @Override
  public boolean hasSessions(Owner owner) {
    return database.in(
        owner.organisationId(),
        handle ->
            handle
                .select(
                    "select exists (select 1 from sessions" + OWN + ")",
                    owner.organisationId(),
                    owner.personId())
                .mapTo(Boolean.class)
                .one());
  }

  @Override
  public void removed(String id, List<Removal> removals) {
    database.everywhere(handle -> {
      Map<String, Long> sums = new TreeMap<>();
      removals(
              handle
                  .select("select removals from erasures where id = ? for update", id)
                  .mapTo(String.class)
                  .one())
          .forEach(it -> sums.put(it.what(), it.count()));
      removals.forEach(it -> sums.merge(it.what(), it.count(), Long::sum));
      return handle.execute(
          "update erasures set removals = ?::jsonb where id = ?", Json.write(sums), id);
    });
  }

  @Override
  public void done(Erasure erasure, Instant time) {
    Owner owner = erasure.owner().orElseThrow();
    database.everywhere(handle -> {
      Optional<byte[]> key = key(handle, erasure.id());
      key.ifPresent(it -> {
        handle.execute(
            "insert into audit select id, ?, 'forget-me', ?, removals from erasures where id = ?",
            utc(time),
            Pseudonyms.of(owner, it),
            erasure.id());
        handle.execute(
            "update erasures set organisation_id = '', person_id = '', session_ids = '{}',"
                + " pseudonym_key = null, end_time = ? where id = ?",
            utc(time),
            erasure.id());
      });
      return key.isPresent();
    });
  }

  private static Optional<byte[]> key(Handle handle, String id) {
    return handle
        .select(
            "select pseudonym_key from erasures where id = ? and end_time is null for update", id)
        .mapTo(byte[].class)
        .findOne();
  }

  private static Erasure erasure(ResultSet row) throws SQLException {
    String person = row.getString("person_id");
    return new Erasure(
        row.getString("id"),
        person.isEmpty()
            ? Optional.empty()
            : Optional.of(new Owner(row.getString("organisation_id"), person)),
        removals(row.getString("removals")),
        row.getObject("start_time", OffsetDateTime.class).toInstant(),
        Optional.ofNullable(row.getObject("end_time", OffsetDateTime.class))
            .map(OffsetDateTime::toInstant));
  }

  private static List<Removal> removals(String json) {
    Map<?, ?> sums = Json.read(json, TreeMap.class);
    return sums.entrySet().stream()
        .map(it -> new Removal((String) it.getKey(), ((Number) it.getValue()).longValue()))
        .toList();
  }
}
