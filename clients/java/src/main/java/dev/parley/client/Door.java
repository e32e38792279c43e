package dev.parley.client;

/** The ways in. All of them lead to the same sessions, with the same numbers. */
public enum Door {
  /** One stream in each direction over HTTP/2. */
  GRPC("grpc"),
  /** Calls up, one stream down; over HTTP/1.1 too. */
  GRPC_WEB("grpc-web"),
  /** One event a frame. */
  WEB_SOCKET("websocket"),
  /** JSON up, server-sent events down. */
  REST("rest");

  private final String label;

  Door(String label) {
    this.label = label;
  }

  /** The door of that name, as golden conversations write it. */
  public static Door named(String label) {
    for (Door door : values()) {
      if (door.label.equals(label)) {
        return door;
      }
    }
    throw new IllegalArgumentException(
        "door: " + label + " (expected grpc, grpc-web, websocket or rest)");
  }

  @Override
  public String toString() {
    return label;
  }
}
