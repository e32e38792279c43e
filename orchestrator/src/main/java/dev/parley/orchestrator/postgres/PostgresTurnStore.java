package dev.parley.orchestrator.postgres;

import static dev.parley.orchestrator.postgres.PostgresSessionStore.utc;

import dev.parley.kit.identity.Owner;
import dev.parley.orchestrator.conversation.Page;
import dev.parley.orchestrator.conversation.SessionRecord;
import dev.parley.orchestrator.conversation.TurnRecord;
import dev.parley.orchestrator.conversation.TurnStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Turns in PostgreSQL, one row each, words, citations and receipt as JSON. */
public final class PostgresTurnStore implements TurnStore {
  private static final String UPSERT =
      """
      insert into turns values (:id, :organisation, :person, :session, :character, :state, :input,
        :spoken, :reply, :cut, :words::jsonb, :media, :created, :ended, :receipt::jsonb, :request,
        :citations::jsonb, :unremembered)
      on conflict (id) do update set state = excluded.state, input_text = excluded.input_text,
        spoken_input = excluded.spoken_input, reply_text = excluded.reply_text,
        cut_text = excluded.cut_text, words = excluded.words,
        media_duration_us = excluded.media_duration_us, end_time = excluded.end_time,
        receipt = excluded.receipt, citations = excluded.citations,
        unremembered = excluded.unremembered
      where turns.state in ('QUEUED', 'RUNNING')
      """;
  private static final String OF_SESSION =
      "select * from turns where session_id = ? and organisation_id = ? and person_id = ? and ";

  private static final String UNFINISHED = "state in ('QUEUED', 'RUNNING')";

  private final PostgresDatabase database;
  private final TurnRows rows;

  /** In that database, with transcripts as those say. */
  public PostgresTurnStore(PostgresDatabase database, Transcripts transcripts) {
    this.database = database;
    this.rows = new TurnRows(transcripts);
  }

  @Override
  public void save(TurnRecord it) {
    String organisation = it.owner().organisationId();
    rows.ready(organisation);
    database.in(organisation, handle -> rows.bind(handle.createUpdate(UPSERT), it).execute());
  }

  @Override
  public Optional<TurnRecord> find(Owner owner, String turnId) {
    return one(owner, "id", turnId);
  }

  @Override
  public Optional<TurnRecord> findByRequest(Owner owner, String requestId) {
    return one(owner, "request_id", requestId);
  }

  private Optional<TurnRecord> one(Owner owner, String column, String value) {
    rows.ready(owner.organisationId());
    return database.in(
        owner.organisationId(),
        handle ->
            handle
                .select(
                    "select * from turns where organisation_id = ? and person_id = ? and "
                        + column
                        + " = ?",
                    owner.organisationId(),
                    owner.personId(),
                    value)
                .map((row, _) -> rows.turn(row))
                .findOne());
  }

  @Override
  public Page<TurnRecord> list(Owner owner, String sessionId, int size, String token) {
    PageToken after = token.isEmpty() ? new PageToken(Instant.EPOCH, "") : PageToken.decode(token);
    rows.ready(owner.organisationId());
    List<TurnRecord> found =
        database.in(
            owner.organisationId(),
            handle ->
                handle
                    .select(
                        OF_SESSION + "(create_time, id) > (?, ?) order by create_time, id limit ?",
                        sessionId,
                        owner.organisationId(),
                        owner.personId(),
                        utc(after.time()),
                        after.id(),
                        size + 1)
                    .map((row, _) -> rows.turn(row))
                    .list());
    if (found.size() <= size) {
      return new Page<>(found, "");
    }
    TurnRecord last = found.get(size - 1);
    return new Page<>(found.subList(0, size), new PageToken(last.createTime(), last.id()).encode());
  }

  @Override
  public List<TurnRecord> last(Owner owner, String sessionId, int count) {
    rows.ready(owner.organisationId());
    return database
        .in(
            owner.organisationId(),
            handle ->
                handle
                    .select(
                        OF_SESSION
                            + "state not in ('QUEUED', 'RUNNING')"
                            + " order by create_time desc, id desc limit ?",
                        sessionId,
                        owner.organisationId(),
                        owner.personId(),
                        count)
                    .map((row, _) -> rows.turn(row))
                    .list())
        .reversed();
  }

  @Override
  public int failUnfinished(Instant time, Predicate<String> goesOn) {
    List<String> organisations =
        database.everywhere(handle ->
            handle
                .select("select distinct organisation_id from turns where " + UNFINISHED)
                .mapTo(String.class)
                .list());
    return organisations.stream().mapToInt(it -> failUnfinished(it, time, goesOn)).sum();
  }

  private int failUnfinished(String organisation, Instant time, Predicate<String> goesOn) {
    List<String> sessions =
        database.in(
            organisation,
            handle ->
                handle
                    .select("select distinct session_id from turns where " + UNFINISHED)
                    .mapTo(String.class)
                    .list());
    String[] dead =
        sessions.stream()
            .filter(it -> !goesOn.test(SessionRecord.place(organisation, it)))
            .toArray(String[]::new);
    return database.in(
        organisation,
        handle ->
            handle.execute(
                "update turns set state = 'FAILED', end_time = ?"
                    + " where session_id = any(?) and "
                    + UNFINISHED,
                utc(time),
                dead));
  }

  /** PostgreSQL keeps no NUL in a text. */
  static String storable(String text) {
    return text.replace("\0", "");
  }
}
