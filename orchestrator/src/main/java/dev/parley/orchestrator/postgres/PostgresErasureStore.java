package dev.parley.orchestrator.postgres;

import static dev.parley.orchestrator.postgres.PostgresSessionStore.utc;

import dev.parley.kit.identity.Owner;
import dev.parley.orchestrator.privacy.Erasure;
import dev.parley.orchestrator.privacy.ErasureStore;
import dev.parley.orchestrator.privacy.PersonalStore;
import dev.parley.orchestrator.privacy.Removal;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jdbi.v3.core.Handle;

/** Erasures in PostgreSQL, one row each, and the erasing of the person's own rows. */
public final class PostgresErasureStore implements ErasureStore, PersonalStore {
  private static final String OWN = " where organisation_id = ? and person_id = ?";

  private final PostgresDatabase database;

  /** In that database. */
  public PostgresErasureStore(PostgresDatabase database) {
    this.database = database;
  }

  @Override
  public Erasure begin(String id, Owner owner, byte[] key, Instant time) {
    return database.with(handle -> {
      handle.execute(
          "insert into erasures (id, organisation_id, person_id, pseudonym_key, start_time)"
              + " values (?, ?, ?, ?, ?) on conflict do nothing",
          id,
          owner.organisationId(),
          owner.personId(),
          key,
          utc(time));
      return handle
          .select(
              "select * from erasures" + OWN + " and end_time is null",
              owner.organisationId(),
              owner.personId())
          .map((row, _) -> erasure(row))
          .one();
    });
  }

  @Override
  public Optional<Erasure> find(String id) {
    return database.with(handle ->
        handle
            .select("select * from erasures where id = ?", id)
            .map((row, _) -> erasure(row))
            .findOne());
  }

  @Override
  public List<Erasure> unfinished() {
    return database.with(handle ->
        handle
            .select("select * from erasures where end_time is null order by id")
            .map((row, _) -> erasure(row))
            .list());
  }

  @Override
  public Set<String> sessions(Erasure erasure) {
    Owner owner = erasure.owner().orElseThrow();
    return database.with(handle -> {
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
    return database.with(handle ->
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
    database.with(handle -> {
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
    database.with(handle -> {
      Optional<byte[]> key = key(handle, erasure.id());
      key.ifPresent(it -> {
        handle.execute(
            "insert into audit select id, ?, 'forget-me', ?, removals from erasures where id = ?",
            utc(time),
            pseudonym(owner, it),
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

  /** The person's own rows, receipts and captions among them. */
  @Override
  public List<Removal> erase(Owner owner, Set<String> sessionIds) {
    return database.with(handle ->
        List.of(
            new Removal("turns", delete(handle, "turns", owner)),
            new Removal("sessions", delete(handle, "sessions", owner))));
  }

  private static long delete(Handle handle, String table, Owner owner) {
    return handle.execute("delete from " + table + OWN, owner.organisationId(), owner.personId());
  }

  private static String pseudonym(Owner owner, byte[] key) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      String who =
          owner.organisationId().length() + ":" + owner.organisationId() + "/" + owner.personId();
      return HexFormat.of().formatHex(mac.doFinal(who.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
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
