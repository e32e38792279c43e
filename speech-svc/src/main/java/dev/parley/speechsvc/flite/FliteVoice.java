package dev.parley.speechsvc.flite;

import dev.parley.speechsvc.synthesis.VoiceInfo;
import dev.parley.speechsvc.synthesis.VoiceInfo.Gender;
import java.util.List;

/**
 * A voice made from one of flite's: a recording, and how it is bent.
 *
 * @param library shared object and function suffix of the recording, as in {@code us_slt}
 * @param warp factor on formants (and on pitch) by playing the sound faster or slower; durations
 *     are made up for
 * @param pitch further factor on the pitch
 * @param speed factor on the recording's own speed
 * @param gain factor that brings it to -18 LUFS, as all of them
 * @param follows whether the recording takes another pitch by itself; others are warped for it
 */
record FliteVoice(
    VoiceInfo info,
    String library,
    double warp,
    double pitch,
    double speed,
    double gain,
    boolean follows) {

  static final List<FliteVoice> ALL =
      List.of(
          voice("slt", "Ada, clear and bright", Gender.FEMALE, "us_slt", 1, 1, 1, 0.85, true),
          voice(
              "slt-warm",
              "Grace, low and warm",
              Gender.FEMALE,
              "us_slt",
              0.87,
              1,
              0.95,
              0.86,
              true),
          voice("rms", "Rob, calm", Gender.MALE, "us_rms", 1, 1, 1.06, 1.57, false),
          voice("awb", "Alan, Scottish", Gender.MALE, "us_awb", 1, 1, 0.95, 1.35, true),
          voice("kal", "Kal, robotic", Gender.MALE, "us_kal16", 1, 1, 1, 3.3, true));

  private static FliteVoice voice(
      String id,
      String name,
      Gender gender,
      String library,
      double warp,
      double pitch,
      double speed,
      double gain,
      boolean follows) {
    var language = id.equals("awb") ? "en-GB" : "en-US";
    return new FliteVoice(
        new VoiceInfo(id, name, gender, language), library, warp, pitch, speed, gain, follows);
  }
}
