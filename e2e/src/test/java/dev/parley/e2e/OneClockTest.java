package dev.parley.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.conversation.v1.FaceFrames;
import dev.parley.conversation.v1.ServerEvent;
import dev.parley.conversation.v1.Tier;
import dev.parley.conversation.v1.WordSpoken;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Words and lips against the waveform itself, as a client receives all three. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OneClockTest {
  private static final long TOLERANCE_US = 20_000;
  private static final int FACE_HZ = 60;
  private final Running parley = Running.shared();

  private List<ServerEvent> greeting(String id, String words) throws Exception {
    parley.character(id, words);
    var start =
        Talking.with(id, Tier.TIER_TEXT, Tier.TIER_AUDIO, Tier.TIER_FACE)
            .setGreet(true)
            .setFaceRateHz(FACE_HZ);
    try (var talk = Carrier.GRPC.open(parley.port(), start.build())) {
      return Talking.until(talk, ServerEvent::hasTurnCompleted);
    }
  }

  @Test
  void wordsAfterSilenceBeginWhereTheyAreHeard() throws Exception {
    List<ServerEvent> events =
        greeting("onsets", "Apples. Orange marmalade. Peter! Under the bridge? Good night.");
    Sound sound = Sound.of(Talking.voice(events));
    List<WordSpoken> words =
        events.stream().filter(ServerEvent::hasWordSpoken).map(ServerEvent::getWordSpoken).toList();
    List<String> off = new ArrayList<>();
    int seen = 0;
    long before = 0;
    for (WordSpoken word : words) {
      long start = word.getSpan().getStartUs();
      long end = word.getSpan().getEndUs();
      if (start - before > 60_000 || before == 0) {
        seen++;
        long heard = sound.onset(before == 0 ? 0 : (before + start) / 2, end);
        if (Math.abs(heard - start) > TOLERANCE_US) {
          off.add(word.getWord() + ": said " + start + ", heard " + heard);
        }
      }
      before = end;
    }
    assertThat(seen).isGreaterThanOrEqualTo(4);
    assertThat(off).isEmpty();
  }

  @Test
  void lipsAreClosedWhileTheSoundIsStopped() throws Exception {
    List<ServerEvent> events = greeting("closures", "We happen to keep a paper copy.");
    Sound sound = Sound.of(Talking.voice(events));
    List<String> names = events.getFirst().getSessionStarted().getFace().getBlendshapesList();
    List<long[]> closures = closures(events, names);
    assertThat(closures).as("the lips close for each of the p").hasSizeBetween(4, 6);
    List<String> off = new ArrayList<>();
    for (long[] closed : closures) {
      long quiet = sound.quietest(closed[0] - TOLERANCE_US, closed[1] + TOLERANCE_US);
      double fall = sound.loudest(closed[0] - 60_000, closed[1] + 80_000) - sound.level(quiet);
      if (quiet < closed[0] - TOLERANCE_US || quiet > closed[1] + TOLERANCE_US || fall < 12) {
        off.add(closed[0] + "-" + closed[1] + " quietest " + quiet + " by " + fall + " dB");
      }
    }
    assertThat(off).isEmpty();
  }

  /** From the first to the last frame of each time that the lips stay together. */
  private static List<long[]> closures(List<ServerEvent> events, List<String> names) {
    int jaw = names.indexOf("jawOpen");
    int close = names.indexOf("mouthClose");
    List<long[]> closures = new ArrayList<>();
    boolean open = false;
    for (ServerEvent event : events) {
      FaceFrames face = event.getFaceFrames();
      for (int i = 0; i < face.getFrameCount() && face.getSegmentId().isEmpty(); i++) {
        long us = event.getMediaTimeUs() + i * 1_000_000L / face.getFrameRateHz();
        float parted =
            face.getWeights(i * names.size() + jaw) - face.getWeights(i * names.size() + close);
        if (parted < 0.02 && open) {
          closures.add(new long[] {us, us});
        } else if (parted < 0.02 && !closures.isEmpty()) {
          closures.getLast()[1] = us;
        }
        open = parted >= 0.02;
      }
    }
    long end = closures.isEmpty() ? 0 : closures.getLast()[1];
    closures.removeIf(c -> c[1] == end && c[1] - c[0] > 150_000); // The silence after all.
    return closures;
  }
}
