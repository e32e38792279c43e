package dev.parley.kit.host;

import com.google.protobuf.Timestamp;
import dev.parley.identity.v1.LedgerServiceGrpc;
import dev.parley.identity.v1.RecordRequest;
import dev.parley.identity.v1.SeenCall;
import dev.parley.identity.v1.SpeechUse;
import dev.parley.kit.audit.AuditTrail;
import dev.parley.kit.identity.Caller;
import dev.parley.kit.metering.Metering;
import dev.parley.type.v1.CostClass;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a service saw of calls from outside, on its way to the orchestrator, which keeps the books:
 * sent every second and at the end; kept while nobody is there to take it, the oldest thrown away
 * beyond 10,000. It lets everything in, because limits and plans are looked at by the door.
 * Thread-safe; never blocks who tells.
 */
final class Postbox implements Metering, AuditTrail, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Postbox.class);
  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Set<Status.Code> AWAY =
      Set.of(Status.Code.UNAVAILABLE, Status.Code.DEADLINE_EXCEEDED);
  private static final int MOST = 10_000;
  private static final int AT_ONCE = 500;

  private final LedgerServiceGrpc.LedgerServiceBlockingStub orchestrator;
  private final ScheduledExecutorService sending =
      Executors.newSingleThreadScheduledExecutor(
          task -> Thread.ofPlatform().daemon().name("postbox").unstarted(task));
  private final List<SeenCall> calls = new ArrayList<>();
  private final Map<String, Long> spokenMs = new HashMap<>();
  private boolean away;

  /** Sends there. The channel must outlive it. */
  Postbox(Channel orchestrator) {
    this.orchestrator = LedgerServiceGrpc.newBlockingStub(orchestrator);
    sending.scheduleWithFixedDelay(
        this::send, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  Books books() {
    return new Books(this, this);
  }

  @Override
  public void admit(Caller caller, String address, CostClass cost) {}

  @Override
  public synchronized void spoke(Caller caller, Duration speech) {
    if (caller.identity().isSomebody() && speech.toMillis() > 0) {
      spokenMs.merge(caller.owner().organisationId(), speech.toMillis(), Long::sum);
    }
  }

  @Override
  public synchronized void add(AuditTrail.Happening it) {
    if (calls.size() >= MOST) {
      calls.removeFirst();
    }
    calls.add(
        SeenCall.newBuilder()
            .setTime(timestamp(it.time()))
            .setOrganisationId(it.organisationId())
            .setPersonId(it.personId())
            .setAction(it.action())
            .setTargetKind(it.targetKind())
            .setTargetId(it.targetId())
            .setOutcome(it.outcome())
            .setRequestId(it.requestId())
            .build());
  }

  private static Timestamp timestamp(Instant it) {
    return Timestamp.newBuilder().setSeconds(it.getEpochSecond()).setNanos(it.getNano()).build();
  }

  /** Sends what there is; what nobody took stays for the next time. */
  private void send() {
    for (RecordRequest next = take(); !isEmpty(next); next = take()) {
      try {
        orchestrator
            .withDeadlineAfter(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
            .withWaitForReady()
            .record(next);
        away = false;
      } catch (StatusRuntimeException e) {
        if (!AWAY.contains(e.getStatus().getCode())) {
          LOG.error("the orchestrator refuses the books", e);
          continue;
        }
        putBack(next);
        if (!away) {
          LOG.warn("the orchestrator takes no books now: {}", e.getStatus());
        }
        away = true;
        return;
      }
    }
  }

  private static boolean isEmpty(RecordRequest it) {
    return it.getCallsCount() == 0 && it.getSpeechCount() == 0;
  }

  private synchronized RecordRequest take() {
    RecordRequest.Builder next = RecordRequest.newBuilder();
    List<SeenCall> first = calls.subList(0, Math.min(AT_ONCE, calls.size()));
    next.addAllCalls(first);
    first.clear();
    spokenMs.entrySet().stream()
        .limit(AT_ONCE)
        .forEach(it ->
            next.addSpeech(
                SpeechUse.newBuilder()
                    .setOrganisationId(it.getKey())
                    .setDurationMs(it.getValue())));
    next.getSpeechList().forEach(it -> spokenMs.remove(it.getOrganisationId()));
    return next.build();
  }

  private synchronized void putBack(RecordRequest untaken) {
    calls.addAll(0, untaken.getCallsList());
    while (calls.size() > MOST) {
      calls.removeFirst();
    }
    untaken
        .getSpeechList()
        .forEach(it -> spokenMs.merge(it.getOrganisationId(), it.getDurationMs(), Long::sum));
  }

  @Override
  public void close() throws InterruptedException {
    sending.shutdown();
    sending.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    send();
  }
}
