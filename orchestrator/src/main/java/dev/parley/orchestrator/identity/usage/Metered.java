package dev.parley.orchestrator.identity.usage;

/** What a plan limits. */
public enum Metered {
  /** Turns in which a person said something, a month. */
  TURNS("turns", true),
  /** Milliseconds of speech recognised and made, a month. */
  SPEECH_MS("minutes of speech", true),
  /** Calls a month; a call that counts as a turn or as speech counts as that only. */
  CALLS("calls", true),
  /** Documents kept. */
  DOCUMENTS("documents", false),
  /** Bytes of documents kept. */
  BYTES("bytes", false);

  private final String label;
  private final boolean monthly;

  Metered(String label, boolean monthly) {
    this.label = label;
    this.monthly = monthly;
  }

  /** For people. */
  public String label() {
    return label;
  }

  /** Whether it begins anew every month (UTC); what is not is what is there now. */
  public boolean monthly() {
    return monthly;
  }
}
