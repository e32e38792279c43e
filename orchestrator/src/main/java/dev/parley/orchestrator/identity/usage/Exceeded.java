package dev.parley.orchestrator.identity.usage;

import dev.parley.kit.failure.Failure;
import dev.parley.kit.failure.Failure.Code;
import java.time.Duration;
import java.time.Instant;

/** The refusal of what a plan does not allow. */
final class Exceeded {
  private static final long MINUTE_MS = 60_000;

  private Exceeded() {}

  /** Says what is used up and when it begins anew; what is kept ends only by deleting. */
  static Failure failure(String organisationId, Plan plan, Metered what, Instant now) {
    long limit = plan.limit(what) / (what == Metered.SPEECH_MS ? MINUTE_MS : 1);
    Instant reset = Months.next(now);
    String told =
        what.label()
            + ": all "
            + limit
            + " of the plan \""
            + plan.id()
            + (what.monthly() ? "\" are used until " + reset : "\" are kept; delete some");
    Failure failure =
        Failure.of(Code.RESOURCE_EXHAUSTED, "QUOTA_EXCEEDED", told)
            .with("subject", "organisations/" + organisationId)
            .with("quota", what.name().toLowerCase(java.util.Locale.ROOT))
            .with("limit", Long.toString(limit))
            .with("plan", plan.id());
    return what.monthly()
        ? failure.with("reset_time", reset.toString()).retryAfter(Duration.between(now, reset))
        : failure;
  }
}
