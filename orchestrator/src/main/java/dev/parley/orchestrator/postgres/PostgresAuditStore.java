package dev.parley.orchestrator.postgres;

import static dev.parley.orchestrator.postgres.PostgresSessionStore.utc;

import dev.parley.kit.identity.Owner;
import dev.parley.kit.ids.Ids;
import dev.parley.orchestrator.identity.audit.AuditStore;
import dev.parley.orchestrator.identity.audit.Chain;
import dev.parley.orchestrator.identity.audit.Deed;
import dev.parley.orchestrator.identity.audit.Entry;
import dev.parley.orchestrator.identity.audit.Pseudonym;
import dev.parley.orchestrator.privacy.PersonalStore;
import dev.parley.orchestrator.privacy.Removal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The audit log in PostgreSQL: entries, the end of each chain, and the keys of pseudonyms. */
public final class PostgresAuditStore implements AuditStore, PersonalStore {
  private static final int PAGE = 1000;

  private final PostgresDatabase database;

  /** In that database. */
  public PostgresAuditStore(PostgresDatabase database) {
    this.database = database;
  }

  @Override
  public void append(List<Deed> deeds) {
    Map<String, List<Deed>> byOrganisation =
        deeds.stream()
            .collect(
                Collectors.groupingBy(Deed::organisationId, TreeMap::new, Collectors.toList()));
    String batch = Ids.next();
    byOrganisation.forEach((organisation, its) ->
        in(organisation, handle -> append(handle, batch, organisation, its)));
  }

  /** What nobody did is of the organisation with the empty name, which nobody can be in. */
  private <T> T in(String organisation, HandleCallback<T, RuntimeException> statements) {
    return organisation.isEmpty()
        ? database.everywhere(statements)
        : database.in(organisation, statements);
  }

  private static long append(Handle handle, String batchId, String organisation, List<Deed> deeds) {
    handle.execute(
        "insert into audit_heads values (?, 0, ?, '') on conflict do nothing",
        organisation,
        Entry.FIRST);
    if (isWritten(handle, batchId, organisation)) {
      return 0;
    }
    Chain chain =
        handle
            .select("select number, hash from audit_heads where organisation_id = ?", organisation)
            .map((row, _) -> new Chain(row.getLong(1), row.getString(2)))
            .one();
    PreparedBatch batch =
        handle.prepareBatch("insert into audit_entries values (?, ?, ?, ?, ?, ?, ?, ?, ?)");
    for (Entry it : chain.add(deeds, person -> pseudonym(handle, organisation, person))) {
      batch.add(
          it.organisationId(),
          it.number(),
          utc(it.time()),
          it.actor(),
          it.action(),
          it.target(),
          it.outcome(),
          it.requestId(),
          it.hash());
    }
    batch.execute();
    handle.execute(
        "update audit_heads set number = ?, hash = ?, batch_id = ? where organisation_id = ?",
        chain.number(),
        chain.hash(),
        batchId,
        organisation);
    return chain.number();
  }

  /** It is when only the news of that was lost, with the connection. Locks the end of the chain. */
  private static boolean isWritten(Handle handle, String batchId, String organisation) {
    return handle
        .select(
            "select batch_id from audit_heads where organisation_id = ? for update", organisation)
        .mapTo(String.class)
        .one()
        .equals(batchId);
  }

  private static String pseudonym(Handle handle, String organisation, String person) {
    byte[] key = Pseudonym.newKey();
    handle.execute(
        "insert into audit_keys values (?, ?, ?, ?) on conflict do nothing",
        organisation,
        person,
        key,
        Pseudonym.of(key, organisation, person));
    return handle
        .select(
            "select pseudonym from audit_keys where organisation_id = ? and person_id = ?",
            organisation,
            person)
        .mapTo(String.class)
        .one();
  }

  @Override
  public List<Entry> list(String organisationId, String action, long below, int size) {
    return in(
        organisationId,
        handle ->
            handle
                .select(
                    "select * from audit_entries where organisation_id = ? and number < ?"
                        + " and (? = '' or action = ?) order by number desc limit ?",
                    organisationId,
                    below,
                    action,
                    action,
                    size)
                .map((row, _) -> entry(row))
                .list());
  }

  @Override
  public Chain.Verdict verify(String organisationId) {
    return in(
        organisationId,
        handle -> {
          Chain head =
              handle
                  .select(
                      "select number, hash from audit_heads where organisation_id = ? for share",
                      organisationId)
                  .map((row, _) -> new Chain(row.getLong(1), row.getString(2)))
                  .findOne()
                  .orElse(new Chain(0, Entry.FIRST));
          Chain chain = new Chain(0, Entry.FIRST);
          long count = 0;
          List<Entry> page;
          long last = Long.MIN_VALUE;
          do {
            page = page(handle, organisationId, last);
            page.forEach(chain::verify);
            count += page.size();
            last = page.isEmpty() ? last : page.getLast().number();
          } while (page.size() == PAGE);
          return chain.verdict(count, head.number(), head.hash());
        });
  }

  private static List<Entry> page(Handle handle, String organisationId, long after) {
    return handle
        .select(
            "select * from audit_entries where organisation_id = ? and number > ?"
                + " order by number limit ?",
            organisationId,
            after,
            PAGE)
        .map((row, _) -> entry(row))
        .list();
  }

  @Override
  public Map<String, String> people(String organisationId, Collection<String> pseudonyms) {
    return in(
        organisationId,
        handle ->
            handle
                .select(
                    "select pseudonym, person_id from audit_keys where organisation_id = ?"
                        + " and pseudonym = any (?)",
                    organisationId,
                    pseudonyms.toArray(String[]::new))
                .map((row, _) -> Map.entry(row.getString(1), row.getString(2)))
                .stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue)));
  }

  @Override
  public int destroyKey(String organisationId, String personId) {
    return in(
        organisationId,
        handle ->
            handle.execute(
                "delete from audit_keys where organisation_id = ? and person_id = ?",
                organisationId,
                personId));
  }

  @Override
  public List<Removal> erase(Owner owner, Set<String> sessionIds) {
    return List.of(new Removal("audit keys", destroyKey(owner.organisationId(), owner.personId())));
  }

  private static Entry entry(ResultSet row) throws SQLException {
    return new Entry(
        row.getString("organisation_id"),
        row.getLong("number"),
        row.getObject("time", OffsetDateTime.class).toInstant(),
        row.getString("actor"),
        row.getString("action"),
        row.getString("target"),
        row.getString("outcome"),
        row.getString("request_id"),
        row.getString("hash"));
  }
}
