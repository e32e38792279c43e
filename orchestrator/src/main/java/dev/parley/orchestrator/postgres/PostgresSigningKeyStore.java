package dev.parley.orchestrator.postgres;

import static dev.parley.orchestrator.postgres.PostgresSessionStore.utc;

import dev.parley.orchestrator.identity.SigningKeyStore;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Signing keys in PostgreSQL; one replica at a time adds one. */
public final class PostgresSigningKeyStore implements SigningKeyStore {
  private final PostgresDatabase database;

  /** In that database. */
  public PostgresSigningKeyStore(PostgresDatabase database) {
    this.database = database;
  }

  @Override
  public List<SigningKey> all() {
    return database.with(PostgresSigningKeyStore::all);
  }

  @Override
  public List<SigningKey> add(SigningKey key, Instant unlessSince) {
    return database.with(handle -> {
      handle.execute("lock table signing_keys in share row exclusive mode");
      handle.execute(
          "insert into signing_keys (id, public_key, sealed_key, create_time)"
              + " select ?, ?, ?, ? where not exists"
              + " (select 1 from signing_keys where create_time >= ?)",
          key.id(),
          key.publicKey(),
          key.sealedKey(),
          utc(key.createTime()),
          utc(unlessSince));
      return all(handle);
    });
  }

  @Override
  public void forgetBefore(Instant time) {
    database.with(
        handle -> handle.execute("delete from signing_keys where create_time < ?", utc(time)));
  }

  private static List<SigningKey> all(Handle handle) {
    return handle
        .select("select * from signing_keys order by create_time desc, id desc")
        .map((row, _) ->
            new SigningKey(
                row.getString("id"),
                row.getString("public_key"),
                row.getString("sealed_key"),
                row.getObject("create_time", OffsetDateTime.class).toInstant()))
        .list();
  }
}
