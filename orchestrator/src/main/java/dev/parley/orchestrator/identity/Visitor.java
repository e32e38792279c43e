package dev.parley.orchestrator.identity;

/**
 * Where somebody comes from who is nobody yet.
 *
 * @param address numeric; empty when not known
 * @param userAgent as the program names itself; empty when it does not
 */
public record Visitor(String address, String userAgent) {
  /** Somebody in this process. */
  public static final Visitor HERE = new Visitor("", "");

  private static final int MAX_AGENT = 200;

  /** Cuts what is too long to keep. */
  public Visitor {
    userAgent = userAgent.length() <= MAX_AGENT ? userAgent : userAgent.substring(0, MAX_AGENT);
  }

  /** Whether it is this machine itself, which no limit by address holds for. */
  boolean isNear() {
    return address.isEmpty()
        || address.startsWith("127.")
        || address.equals("::1")
        || address.equals("0:0:0:0:0:0:0:1");
  }
}
