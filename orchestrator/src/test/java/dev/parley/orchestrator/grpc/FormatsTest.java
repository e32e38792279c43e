package dev.parley.orchestrator.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.conversation.v1.SessionStart;
import dev.parley.conversation.v1.VideoFormat;
import org.junit.jupiter.api.Test;

class FormatsTest {
  @Test
  void aFilmHasThePicturesASecondThatWereAskedForIt() {
    var video = VideoFormat.newBuilder().setFrameRateHz(25);
    assertThat(Formats.asked(SessionStart.newBuilder().setVideo(video).build()).faceRateHz())
        .isEqualTo(25);
  }

  @Test
  void faceAndFilmGoAtTheFacesRateWhereBothAreAskedFor() {
    var start =
        SessionStart.newBuilder()
            .setFaceRateHz(60)
            .setVideo(VideoFormat.newBuilder().setFrameRateHz(25));
    assertThat(Formats.asked(start.build()).faceRateHz()).isEqualTo(60);
  }
}
