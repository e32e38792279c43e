package dev.parley.orchestrator.conversation;

import dev.parley.orchestrator.character.Character;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Formats of a session as negotiated: the person's audio, the character's (mono, PCM or Opus), the
 * face and the picture.
 *
 * @param opus whether the character's voice goes out as Opus packets instead of 16-bit samples
 * @param background {@code #rrggbb}; empty takes the character's
 * @param framing {@code portrait} or {@code close}; empty takes the character's
 * @param tiers what the session was opened for; made also while nobody is attached to take it
 */
public record SessionFormats(
    Listener.Encoding inputEncoding,
    int inputRateHz,
    int outputRateHz,
    boolean opus,
    int faceRateHz,
    int width,
    int height,
    String background,
    String framing,
    Set<Tier> tiers) {
  private static final String OPUS = "opus";

  /** Text and voice, PCM at 16 and 24 kHz, 30 frames, 512 by 512. */
  public static final SessionFormats DEFAULTS =
      new SessionFormats(
          Listener.Encoding.PCM,
          16000,
          24000,
          false,
          30,
          512,
          512,
          "",
          "",
          Set.of(Tier.TEXT, Tier.AUDIO));

  /** As kept with the session. */
  public String encoded() {
    return String.join(
        ",",
        inputEncoding.name(),
        "" + inputRateHz,
        "" + outputRateHz,
        "" + faceRateHz,
        "" + width,
        "" + height,
        background,
        framing,
        tiers.stream().map(Tier::name).sorted().collect(Collectors.joining("+")),
        opus ? OPUS : "");
  }

  /** From what was kept; defaults where that is of another kind. */
  public static SessionFormats decoded(String text) {
    String[] f = text.split(",", -1);
    if (f.length != 9 && f.length != 10) {
      return DEFAULTS;
    }
    int[] n = new int[5];
    for (int i = 0; i < 5; i++) {
      n[i] = Integer.parseInt(f[i + 1]);
    }
    return new SessionFormats(
        Listener.Encoding.valueOf(f[0]),
        n[0],
        n[1],
        f.length == 10 && f[9].equals(OPUS),
        n[2],
        n[3],
        n[4],
        f[6],
        f[7],
        Arrays.stream(f[8].split("\\+")).map(Tier::valueOf).collect(Collectors.toSet()));
  }

  /** The same with a voice of so many samples a second. */
  SessionFormats withOutputRateHz(int rateHz) {
    return new SessionFormats(
        inputEncoding,
        inputRateHz,
        rateHz,
        opus,
        faceRateHz,
        width,
        height,
        background,
        framing,
        tiers);
  }

  /** The background to use for a character; empty is the renderer's own. */
  public String backgroundFor(Character character) {
    return background.isEmpty() ? character.avatar().background() : background;
  }

  /** The framing to use for a character. */
  public String framingFor(Character character) {
    return framing.isEmpty() ? character.avatar().framing() : framing;
  }

  Animator.Request animation(
      Character character, long seed, boolean face, boolean video, Pose start) {
    var picture =
        new Animator.Picture(
            width, height, backgroundFor(character), framingFor(character), outputRateHz);
    return new Animator.Request(
        character.avatar().avatarId(),
        faceRateHz,
        seed,
        face,
        video ? Optional.of(picture) : Optional.empty(),
        start);
  }
}
