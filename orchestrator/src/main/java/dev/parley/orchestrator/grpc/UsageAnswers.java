package dev.parley.orchestrator.grpc;

import dev.parley.identity.v1.GetUsageResponse;
import dev.parley.identity.v1.Plan;
import dev.parley.identity.v1.Usage;
import dev.parley.orchestrator.identity.usage.Meter;

/** What was used of plans, as messages. Stateless; blocks. */
public record UsageAnswers(Meter meter) {
  private static final long SECOND_MS = 1000;

  /** Of that organisation up to this moment. */
  public GetUsageResponse get(String organisationId) {
    var used = meter.usage(organisationId);
    return GetUsageResponse.newBuilder()
        .setPlan(message(used.plan()))
        .setUsage(
            Usage.newBuilder()
                .setTurns(used.turns())
                .setSpeechSeconds(used.speechMs() / SECOND_MS)
                .setDocuments(used.documents())
                .setStorageBytes(used.bytes())
                .setCalls(used.calls())
                .setResetTime(Times.timestamp(used.resetTime())))
        .build();
  }

  /** A plan with its limits. */
  public static Plan message(dev.parley.orchestrator.identity.usage.Plan it) {
    return Plan.newBuilder()
        .setId(it.id())
        .setTurns(it.turns())
        .setSpeechMinutes(it.speechMinutes())
        .setDocuments(it.documents())
        .setStorageBytes(it.storageBytes())
        .setCalls(it.calls())
        .build();
  }
}
