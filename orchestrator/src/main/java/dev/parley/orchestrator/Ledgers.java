package dev.parley.orchestrator;

import dev.parley.kit.host.Books;
import dev.parley.kit.ids.Ids;
import dev.parley.kit.masking.PersonalData;
import dev.parley.kit.metering.Metering;
import dev.parley.orchestrator.conversation.Listener;
import dev.parley.orchestrator.conversation.SessionStore;
import dev.parley.orchestrator.conversation.TurnRecord;
import dev.parley.orchestrator.conversation.TurnStore;
import dev.parley.orchestrator.grpc.AuditAnswers;
import dev.parley.orchestrator.grpc.KeyGrpc;
import dev.parley.orchestrator.grpc.LedgerGrpc;
import dev.parley.orchestrator.grpc.LedgerInbox;
import dev.parley.orchestrator.grpc.TicketGrpc;
import dev.parley.orchestrator.grpc.TurnQuota;
import dev.parley.orchestrator.grpc.UsageAnswers;
import dev.parley.orchestrator.identity.Authenticator;
import dev.parley.orchestrator.identity.Repeating;
import dev.parley.orchestrator.identity.audit.AuditLog;
import dev.parley.orchestrator.identity.audit.Deed;
import dev.parley.orchestrator.identity.key.Keyring;
import dev.parley.orchestrator.identity.key.Keys;
import dev.parley.orchestrator.identity.key.KeysAndTickets;
import dev.parley.orchestrator.identity.key.Refusals;
import dev.parley.orchestrator.identity.key.Tickets;
import dev.parley.orchestrator.identity.usage.Holdings;
import dev.parley.orchestrator.identity.usage.Meter;
import dev.parley.orchestrator.identity.usage.Metered;
import dev.parley.orchestrator.identity.usage.RateLimits;
import dev.parley.orchestrator.postgres.PostgresAuditStore;
import dev.parley.orchestrator.postgres.PostgresDatabase;
import dev.parley.orchestrator.postgres.PostgresKeyStore;
import dev.parley.orchestrator.postgres.PostgresUsageArchive;
import dev.parley.orchestrator.privacy.PersonalStore;
import dev.parley.orchestrator.redis.RedisConnection;
import dev.parley.orchestrator.redis.RedisRateLimits;
import dev.parley.orchestrator.redis.RedisTickets;
import dev.parley.orchestrator.redis.RedisUsage;
import io.grpc.BindableService;
import io.grpc.ServerInterceptors;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * Keys and tickets, the audit log, usage and limits over PostgreSQL and Redis, as the orchestrator
 * is wired. Closing writes what is only in memory; both stores must still be there.
 */
public final class Ledgers implements AutoCloseable {
  private static final Duration SHARE = Duration.ofSeconds(1);
  private static final Duration SAVE = Duration.ofSeconds(10);
  private static final Duration USE = Duration.ofSeconds(15);

  private final Directory directory;
  private final PostgresKeyStore keyStore;
  private final PostgresAuditStore auditStore;
  private final AuditLog audit;
  private final Refusals refusals;
  private final Keyring keyring;
  private final Keys keys;
  private final Tickets tickets;
  private final Meter meter;
  private final RateLimits limits;
  private final List<AutoCloseable> running;

  Ledgers(
      PostgresDatabase database, RedisConnection redis, Directory directory, Holdings holdings) {
    InstantSource clock = InstantSource.system();
    var archive = new PostgresUsageArchive(database);
    this.directory = directory;
    keyStore = new PostgresKeyStore(database);
    auditStore = new PostgresAuditStore(database);
    audit = new AuditLog(auditStore);
    refusals = new Refusals(audit::add, clock);
    keyring = new Keyring(keyStore, directory, clock, System::nanoTime, refusals);
    keys = new Keys(keyStore, keyring, Ids::next, clock);
    tickets = new Tickets(new RedisTickets(redis), clock);
    meter = new Meter(new RedisUsage(redis, archive), archive, directory, holdings, clock);
    limits = new RedisRateLimits(redis);
    running =
        List.of(
            audit,
            Repeating.every(USE, "key-use", keyring::writeUse),
            Repeating.every(SHARE, "usage-share", meter::share),
            Repeating.every(SAVE, "usage-save", meter::save));
  }

  /** The services that it answers to by itself. */
  List<BindableService> services() {
    return List.of(new KeyGrpc(keys), new LedgerInbox(audit, meter));
  }

  /** What it answers of the organisations' service. */
  LedgerGrpc ledger() {
    return new LedgerGrpc(new AuditAnswers(auditStore, directory), new UsageAnswers(meter));
  }

  /** What it answers of the identity service. */
  TicketGrpc tickets() {
    return new TicketGrpc(tickets);
  }

  /** Tells whose keys and tickets are shown. */
  public Authenticator authenticator() {
    return new KeysAndTickets(keyring, tickets, refusals);
  }

  /** Limits in rate, as a proxy asks for them too. */
  public RateLimits limits() {
    return limits;
  }

  /** What a proxy asks for each call that it lets in. */
  public Meter meter() {
    return meter;
  }

  /** The books of calls from outside, held to limits in rate and to plans. */
  public Books books() {
    return books(new Tolls(limits, meter));
  }

  /** The same behind a proxy that asked for limits and plans before it passed a call on. */
  public Books admitted() {
    return books(new Counted(meter));
  }

  private Books books(Metering metering) {
    return new Books(
        metering,
        it ->
            audit.add(
                new Deed(
                    it.time(),
                    it.organisationId(),
                    it.personId(),
                    it.action(),
                    it.targetKind(),
                    it.targetId(),
                    it.outcome(),
                    it.requestId())));
  }

  /**
   * Writes down what only the steps within a call know; what succeeds is told by the call itself.
   */
  void note(String organisationId, String personId, String action, String outcome) {
    boolean told = outcome.equals(Deed.DONE) && !action.startsWith("sign_out");
    if (!told) {
      audit.add(new Deed(Instant.now(), organisationId, personId, action, "", "", outcome, ""));
    }
  }

  /** Turns that count, and that are masked where their organisation wants it. */
  TurnStore turns(TurnStore inner) {
    return new KeptTurns(inner, this::masked, this::count);
  }

  /** Sessions whose titles are masked where their organisation wants it. */
  SessionStore sessions(SessionStore inner) {
    return new MaskedSessions(
        inner,
        (owner, title) ->
            directory.masks(owner.organisationId()) ? PersonalData.SPOKEN.blotted(title) : title);
  }

  /** The turn as it may be kept. */
  TurnRecord masked(TurnRecord turn) {
    return directory.masks(turn.owner().organisationId()) ? MaskedTurns.masked(turn) : turn;
  }

  private void count(TurnRecord turn) {
    if (turn.state().over()) {
      String organisation = turn.owner().organisationId();
      meter.count(organisation, Metered.TURNS, turn.inputText().isEmpty() ? 0 : 1);
      meter.count(organisation, Metered.SPEECH_MS, turn.mediaDuration().toMillis());
    }
  }

  /** The recogniser, with what it hears counted as speech. */
  Listener counted(Listener inner) {
    return new CountedListener(
        inner,
        (owner, speech) ->
            meter.count(owner.organisationId(), Metered.SPEECH_MS, speech.toMillis()));
  }

  /** Live conversations end after a turn when the plan has nothing left. */
  BindableService limited(BindableService conversations) {
    return () -> ServerInterceptors.intercept(conversations, new TurnQuota(meter));
  }

  /** What is kept of people here. */
  List<PersonalStore> personal() {
    return List.of(keyStore, auditStore);
  }

  @Override
  public void close() {
    for (AutoCloseable each : running) {
      try {
        each.close();
      } catch (Exception e) {
        System.getLogger("parley.orchestrator").log(System.Logger.Level.WARNING, "closing", e);
      }
    }
  }
}
