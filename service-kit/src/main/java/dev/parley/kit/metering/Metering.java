package dev.parley.kit.metering;

import dev.parley.kit.identity.Caller;
import dev.parley.type.v1.CostClass;
import java.time.Duration;

/**
 * Lets calls in as far as limits and plans allow, and counts what they use. Thread-safe; may block
 * for one look into a store.
 */
public interface Metering {
  /** Lets everything in and counts nothing. */
  Metering NONE =
      new Metering() {
        @Override
        public void admit(Caller caller, String address, CostClass cost) {}

        @Override
        public void spoke(Caller caller, Duration speech) {}
      };

  /**
   * Counts a call and lets it in.
   *
   * @param address of the client; empty where that is not known
   * @throws dev.parley.kit.failure.Failure RATE_LIMITED or QUOTA_EXCEEDED, with when to come back
   */
  void admit(Caller caller, String address, CostClass cost);

  /** Counts speech that was recognised or made. */
  void spoke(Caller caller, Duration speech);
}
