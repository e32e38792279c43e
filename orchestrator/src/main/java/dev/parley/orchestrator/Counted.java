package dev.parley.orchestrator;

import dev.parley.kit.identity.Caller;
import dev.parley.kit.metering.Metering;
import dev.parley.orchestrator.identity.usage.Meter;
import dev.parley.orchestrator.identity.usage.Metered;
import dev.parley.type.v1.CostClass;
import java.time.Duration;

/** Counts speech of calls that were let in already. Thread-safe. */
record Counted(Meter meter) implements Metering {
  @Override
  public void admit(Caller caller, String address, CostClass cost) {}

  @Override
  public void spoke(Caller caller, Duration speech) {
    if (caller.identity().isSomebody()) {
      meter.count(caller.owner().organisationId(), Metered.SPEECH_MS, speech.toMillis());
    }
  }
}
