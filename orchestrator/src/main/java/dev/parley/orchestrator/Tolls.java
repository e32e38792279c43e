package dev.parley.orchestrator;

import dev.parley.kit.failure.Failure;
import dev.parley.kit.identity.Caller;
import dev.parley.kit.identity.Credential;
import dev.parley.kit.metering.Metering;
import dev.parley.orchestrator.identity.usage.Cost;
import dev.parley.orchestrator.identity.usage.Meter;
import dev.parley.orchestrator.identity.usage.RateLimits;
import dev.parley.orchestrator.identity.usage.RateLimits.Subject;
import dev.parley.type.v1.CostClass;
import java.time.Duration;

/**
 * Limits in rate first, then those of the plan. Whoever sits at the machine itself has neither.
 * Thread-safe.
 */
record Tolls(RateLimits limits, Meter meter) implements Metering {
  @Override
  public void admit(Caller caller, String address, CostClass costClass) {
    Credential.Kind kind = caller.credential().kind();
    if (kind == Credential.Kind.MACHINE || kind == Credential.Kind.SERVICE) {
      return;
    }
    Cost cost = cost(costClass);
    if (!address.isEmpty()) {
      take(Subject.ADDRESS, address, cost);
    }
    if (kind == Credential.Kind.NONE) {
      return;
    }
    if (kind == Credential.Kind.SECRET_KEY || kind == Credential.Kind.WIDGET_KEY) {
      take(Subject.KEY, caller.credential().id(), cost);
    }
    if (kind != Credential.Kind.SECRET_KEY) {
      String person = caller.owner().organisationId() + "/" + caller.owner().personId();
      take(Subject.PERSON, person, cost);
    }
    meter.admit(caller.owner().organisationId(), cost);
  }

  @Override
  public void spoke(Caller caller, Duration speech) {
    new Counted(meter).spoke(caller, speech);
  }

  private void take(Subject subject, String id, Cost cost) {
    RateLimits.Verdict verdict = limits.take(subject, id, cost);
    if (!verdict.allowed()) {
      throw Failure.of(
              Failure.Code.RESOURCE_EXHAUSTED,
              "RATE_LIMITED",
              "too many calls of this " + subject.name().toLowerCase(java.util.Locale.ROOT))
          .with("cost", cost.name().toLowerCase(java.util.Locale.ROOT))
          .retryAfter(verdict.retryAfter());
    }
  }

  /** The contract's class; one that is not known costs as a read. */
  static Cost cost(CostClass it) {
    return switch (it) {
      case COST_CLASS_FREE -> Cost.FREE;
      case COST_CLASS_WRITE -> Cost.WRITE;
      case COST_CLASS_SEARCH -> Cost.SEARCH;
      case COST_CLASS_SPEECH -> Cost.SPEECH;
      case COST_CLASS_TURN -> Cost.TURN;
      case COST_CLASS_UPLOAD -> Cost.UPLOAD;
      case COST_CLASS_SIGN_IN -> Cost.SIGN_IN;
      case COST_CLASS_READ, COST_CLASS_UNSPECIFIED, UNRECOGNIZED -> Cost.READ;
    };
  }
}
