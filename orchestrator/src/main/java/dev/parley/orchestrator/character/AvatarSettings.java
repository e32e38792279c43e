package dev.parley.orchestrator.character;

/**
 * How a character looks.
 *
 * @param avatarId an avatar of the render service; empty takes its first
 * @param background {@code #rrggbb}; empty takes the server's
 * @param framing {@code portrait} or {@code close}
 */
public record AvatarSettings(String avatarId, String background, String framing) {

  /** The server's first avatar as a portrait. */
  public static final AvatarSettings DEFAULTS = new AvatarSettings("", "", "portrait");
}
