package dev.parley.orchestrator.postgres;

import static dev.parley.orchestrator.postgres.PostgresSessionStore.utc;

import dev.parley.kit.identity.Owner;
import dev.parley.orchestrator.identity.Role;
import dev.parley.orchestrator.identity.key.ApiKey;
import dev.parley.orchestrator.identity.key.KeyKind;
import dev.parley.orchestrator.identity.key.KeyStore;
import dev.parley.orchestrator.identity.key.ServiceAccount;
import dev.parley.orchestrator.privacy.PersonalStore;
import dev.parley.orchestrator.privacy.Removal;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Keys and service accounts in PostgreSQL, one row each. */
public final class PostgresKeyStore implements KeyStore, PersonalStore {
  private static final String LAST = "ffffffff-ffff-ffff-ffff-ffffffffffff";

  private final PostgresDatabase database;

  /** In that database. */
  public PostgresKeyStore(PostgresDatabase database) {
    this.database = database;
  }

  @Override
  public ApiKey create(ApiKey it, String hash, String requestId) {
    return database.in(
        it.organisationId(),
        handle -> insert(handle, it, hash, requestId) == 1 ? it : earlier(handle, it, requestId));
  }

  private static int insert(Handle handle, ApiKey it, String hash, String requestId) {
    return handle
        .createUpdate(
            "insert into api_keys values (:id, :organisation, :holder, :service, :name, :prefix,"
                + " :kind, :permissions, :origins, :characters, :hash, :request, :expires, null,"
                + " :created) on conflict do nothing")
        .bind("id", it.id())
        .bind("organisation", it.organisationId())
        .bind("holder", it.holderId())
        .bind("service", it.serviceAccount())
        .bind("name", PostgresTurnStore.storable(it.displayName()))
        .bind("prefix", it.prefix())
        .bind("kind", it.kind().name())
        .bindArray("permissions", String.class, sorted(it.permissions()))
        .bindArray("origins", String.class, sorted(it.origins()))
        .bindArray("characters", String.class, sorted(it.characterIds()))
        .bind("hash", hash)
        .bind("request", requestId)
        .bind("expires", it.expireTime().map(PostgresSessionStore::utc))
        .bind("created", utc(it.createTime()))
        .execute();
  }

  private static List<String> sorted(Set<String> texts) {
    return texts.stream().sorted().toList();
  }

  private static ApiKey earlier(Handle handle, ApiKey it, String requestId) {
    return handle
        .select(
            "select * from api_keys where organisation_id = ? and holder_id = ?"
                + " and (id = ? or (request_id = ? and request_id <> ''))",
            it.organisationId(),
            it.holderId(),
            it.id(),
            requestId)
        .map((row, _) -> key(row))
        .one();
  }

  @Override
  public Optional<ApiKey> byHash(String hash) {
    return database.everywhere(handle ->
        handle
            .select("select * from api_keys where secret_hash = ?", hash)
            .map((row, _) -> key(row))
            .findOne());
  }

  @Override
  public List<ApiKey> list(String organisationId, String beforeId, int size) {
    return database.in(
        organisationId,
        handle ->
            handle
                .select(
                    "select * from api_keys where organisation_id = ? and id < ?"
                        + " order by id desc limit ?",
                    organisationId,
                    beforeId.isEmpty() ? LAST : beforeId,
                    size)
                .map((row, _) -> key(row))
                .list());
  }

  @Override
  public boolean revoke(String organisationId, String id) {
    return database.in(
        organisationId,
        handle ->
            handle.execute(
                    "delete from api_keys where organisation_id = ? and id = ?", organisationId, id)
                == 1);
  }

  @Override
  public void used(Map<String, Instant> times) {
    database.everywhere(handle -> {
      var batch =
          handle.prepareBatch(
              "update api_keys set use_time = greatest(use_time, :time) where id = :id");
      times.entrySet().stream()
          .sorted(Map.Entry.comparingByKey())
          .forEach(it -> batch.bind("id", it.getKey()).bind("time", utc(it.getValue())).add());
      return batch.execute();
    });
  }

  @Override
  public ServiceAccount create(ServiceAccount it, String requestId) {
    return database.in(
        it.organisationId(),
        handle -> {
          int made =
              handle.execute(
                  "insert into service_accounts values (?, ?, ?, ?, ?, ?) on conflict do nothing",
                  it.id(),
                  it.organisationId(),
                  PostgresTurnStore.storable(it.displayName()),
                  it.role().name(),
                  requestId,
                  utc(it.createTime()));
          return made == 1
              ? it
              : handle
                  .select(
                      "select * from service_accounts where organisation_id = ? and request_id = ?",
                      it.organisationId(),
                      requestId)
                  .map((row, _) -> account(row))
                  .one();
        });
  }

  @Override
  public List<ServiceAccount> accounts(String organisationId) {
    return database.in(
        organisationId,
        handle ->
            handle
                .select(
                    "select * from service_accounts where organisation_id = ? order by display_name, id",
                    organisationId)
                .map((row, _) -> account(row))
                .list());
  }

  @Override
  public Optional<ServiceAccount> account(String organisationId, String id) {
    return database.in(
        organisationId,
        handle ->
            handle
                .select(
                    "select * from service_accounts where organisation_id = ? and id = ?",
                    organisationId,
                    id)
                .map((row, _) -> account(row))
                .findOne());
  }

  @Override
  public boolean deleteAccount(String organisationId, String id) {
    return database.in(
        organisationId,
        handle -> {
          int gone =
              handle.execute(
                  "delete from service_accounts where organisation_id = ? and id = ?",
                  organisationId,
                  id);
          if (gone == 1) {
            deleteOf(handle, new Owner(organisationId, id));
          }
          return gone == 1;
        });
  }

  @Override
  public int deleteOf(Owner person) {
    return database.in(person.organisationId(), handle -> deleteOf(handle, person));
  }

  private static int deleteOf(Handle handle, Owner holder) {
    return handle.execute(
        "delete from api_keys where organisation_id = ? and holder_id = ?",
        holder.organisationId(),
        holder.personId());
  }

  @Override
  public List<Removal> erase(Owner owner, Set<String> sessionIds) {
    return List.of(new Removal("keys", deleteOf(owner)));
  }

  private static ApiKey key(ResultSet row) throws SQLException {
    return new ApiKey(
        row.getString("id"),
        row.getString("organisation_id"),
        row.getString("holder_id"),
        row.getBoolean("service_account"),
        row.getString("display_name"),
        row.getString("prefix"),
        KeyKind.valueOf(row.getString("kind")),
        texts(row.getArray("permissions")),
        texts(row.getArray("origins")),
        texts(row.getArray("character_ids")),
        time(row, "expire_time"),
        time(row, "use_time"),
        row.getObject("create_time", OffsetDateTime.class).toInstant());
  }

  private static Set<String> texts(Array array) throws SQLException {
    return Set.of((String[]) array.getArray());
  }

  private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
        .map(OffsetDateTime::toInstant);
  }

  private static ServiceAccount account(ResultSet row) throws SQLException {
    return new ServiceAccount(
        row.getString("id"),
        row.getString("organisation_id"),
        row.getString("display_name"),
        Role.valueOf(row.getString("role")),
        row.getObject("create_time", OffsetDateTime.class).toInstant());
  }
}
