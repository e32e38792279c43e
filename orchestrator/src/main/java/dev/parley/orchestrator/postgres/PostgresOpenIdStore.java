package dev.parley.orchestrator.postgres;

import static dev.parley.orchestrator.postgres.PostgresSessionStore.utc;

import dev.parley.orchestrator.identity.OpenIdProvider.Attempt;
import dev.parley.orchestrator.identity.OpenIdStore;
import dev.parley.orchestrator.identity.Secret;
import java.time.Instant;
import java.util.Optional;

/** Attempts to sign in elsewhere in PostgreSQL; taking one removes it. */
public final class PostgresOpenIdStore implements OpenIdStore {
  private final PostgresDatabase database;

  /** In that database. */
  public PostgresOpenIdStore(PostgresDatabase database) {
    this.database = database;
  }

  @Override
  public void begin(Begun begun, Instant expireTime) {
    Attempt it = begun.attempt();
    database.with(handle ->
        handle.execute(
            "insert into open_id_attempts (state_hash, provider_id, nonce, verifier,"
                + " redirect_uri, expire_time) values (?, ?, ?, ?, ?, ?) on conflict do nothing",
            Secret.hash(it.state()),
            begun.providerId(),
            it.nonce(),
            it.verifier(),
            it.redirectUri(),
            utc(expireTime)));
  }

  @Override
  public Optional<Begun> take(String state, Instant now) {
    return database.with(handle ->
        handle
            .select(
                "delete from open_id_attempts where state_hash = ? and expire_time > ?"
                    + " returning provider_id, nonce, verifier, redirect_uri",
                Secret.hash(state),
                utc(now))
            .map((row, _) ->
                new Begun(
                    row.getString(1),
                    new Attempt(state, row.getString(2), row.getString(3), row.getString(4))))
            .findOne());
  }

  @Override
  public void forgetBefore(Instant time) {
    database.with(
        handle -> handle.execute("delete from open_id_attempts where expire_time < ?", utc(time)));
  }
}
