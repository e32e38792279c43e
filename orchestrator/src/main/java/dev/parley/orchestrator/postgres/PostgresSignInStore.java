package dev.parley.orchestrator.postgres;

import static dev.parley.orchestrator.postgres.PostgresSessionStore.utc;

import dev.parley.orchestrator.identity.SignIn;
import dev.parley.orchestrator.identity.SignInStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Sign-ins and the refresh tokens of each in PostgreSQL. */
public final class PostgresSignInStore implements SignInStore {
  private record Used(String signInId, Optional<String> nextHash) {}

  private final PostgresDatabase database;

  /** In that database. */
  public PostgresSignInStore(PostgresDatabase database) {
    this.database = database;
  }

  @Override
  public void begin(SignIn it, String tokenHash) {
    database.everywhere(handle -> {
      handle.execute(
          "insert into sign_ins (id, person_id, organisation_id, user_agent, create_time,"
              + " use_time, expire_time) values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing",
          it.id(),
          it.personId(),
          it.organisationId(),
          it.userAgent(),
          utc(it.createTime()),
          utc(it.useTime()),
          utc(it.expireTime()));
      handle.execute(
          "update people set last_organisation_id = ? where id = ?",
          it.organisationId(),
          it.personId());
      return keep(handle, tokenHash, it.id());
    });
  }

  private static int keep(Handle handle, String tokenHash, String signInId) {
    return handle.execute(
        "insert into refresh_tokens (hash, sign_in_id) values (?, ?) on conflict do nothing",
        tokenHash,
        signInId);
  }

  @Override
  public Rotation rotate(String tokenHash, String nextHash, Instant now, Instant expireTime) {
    return database.everywhere(handle -> {
      Optional<Used> token = token(handle, tokenHash);
      Optional<SignIn> live = token.flatMap(it -> live(handle, it.signInId(), now));
      if (live.isEmpty()) {
        return new Rotation.Unknown();
      }
      SignIn signIn = live.get();
      Optional<String> before = token.get().nextHash();
      if (before.isPresent() && !before.get().equals(nextHash)) {
        end(handle, signIn.id());
        return new Rotation.Reused(signIn);
      }
      replace(handle, signIn, tokenHash, nextHash, now, expireTime);
      return new Rotation.Rotated(live(handle, signIn.id(), now).orElseThrow());
    });
  }

  private static Optional<Used> token(Handle handle, String tokenHash) {
    return handle
        .select(
            "select sign_in_id, next_hash from refresh_tokens where hash = ? for update", tokenHash)
        .map((row, _) -> new Used(row.getString(1), Optional.ofNullable(row.getString(2))))
        .findOne();
  }

  private static Optional<SignIn> live(Handle handle, String id, Instant now) {
    return handle
        .select(
            "select * from sign_ins where id = ? and end_time is null and expire_time > ?"
                + " for update",
            id,
            utc(now))
        .map((row, _) -> signIn(row))
        .findOne();
  }

  private static void replace(
      Handle handle,
      SignIn signIn,
      String tokenHash,
      String nextHash,
      Instant now,
      Instant expireTime) {
    handle.execute("update refresh_tokens set next_hash = ? where hash = ?", nextHash, tokenHash);
    keep(handle, nextHash, signIn.id());
    handle.execute(
        "update sign_ins set use_time = ?, expire_time = ? where id = ?",
        utc(now),
        utc(expireTime),
        signIn.id());
  }

  @Override
  public Optional<SignIn> find(String tokenHash) {
    return database.everywhere(handle ->
        handle
            .select(
                "select sign_ins.* from sign_ins join refresh_tokens on sign_in_id = id"
                    + " where hash = ?",
                tokenHash)
            .map((row, _) -> signIn(row))
            .findOne());
  }

  @Override
  public void end(String id) {
    database.everywhere(handle -> end(handle, id));
  }

  private static int end(Handle handle, String id) {
    return handle.execute(
        "update sign_ins set end_time = now() where id = ? and end_time is null", id);
  }

  @Override
  public void endAll(String personId) {
    database.everywhere(handle ->
        handle.execute(
            "update sign_ins set end_time = now() where person_id = ? and end_time is null",
            personId));
  }

  @Override
  public List<SignIn> list(String personId, Instant now) {
    return database.everywhere(handle ->
        handle
            .select(
                "select * from sign_ins where person_id = ? and end_time is null"
                    + " and expire_time > ? order by create_time desc, id desc",
                personId,
                utc(now))
            .map((row, _) -> signIn(row))
            .list());
  }

  @Override
  public boolean holds(String id, String personId, long generation) {
    return database.everywhere(handle ->
        handle
            .select(
                "select exists (select 1 from sign_ins join people on people.id = person_id"
                    + " where sign_ins.id = ? and person_id = ? and generation = ?"
                    + " and end_time is null)",
                id,
                personId,
                generation)
            .mapTo(Boolean.class)
            .one());
  }

  @Override
  public void forgetBefore(Instant time) {
    database.everywhere(handle ->
        handle.execute(
            "delete from sign_ins where expire_time < ? or end_time < ?", utc(time), utc(time)));
  }

  private static SignIn signIn(ResultSet row) throws SQLException {
    return new SignIn(
        row.getString("id"),
        row.getString("person_id"),
        row.getString("organisation_id"),
        row.getString("user_agent"),
        time(row, "create_time"),
        time(row, "use_time"),
        time(row, "expire_time"));
  }

  private static Instant time(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
