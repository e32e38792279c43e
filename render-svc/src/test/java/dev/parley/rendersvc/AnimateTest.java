package dev.parley.rendersvc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.protobuf.ByteString;
import dev.parley.kit.failure.Failure;
import dev.parley.kit.host.Hosted;
import dev.parley.kit.stream.ClientStream;
import dev.parley.render.v1.AnimateConfig;
import dev.parley.render.v1.AnimateRequest;
import dev.parley.render.v1.AnimateResponse;
import dev.parley.render.v1.Avatar;
import dev.parley.render.v1.DownloadAvatarRequest;
import dev.parley.render.v1.DownloadAvatarResponse;
import dev.parley.render.v1.EndOfSpeech;
import dev.parley.render.v1.Fragment;
import dev.parley.render.v1.Frames;
import dev.parley.render.v1.ListAvatarsRequest;
import dev.parley.render.v1.RenderServiceGrpc;
import dev.parley.render.v1.Speech;
import dev.parley.render.v1.VideoConfig;
import dev.parley.type.v1.MediaSpan;
import dev.parley.type.v1.VisemeTiming;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AnimateTest {
  private Hosted hosted;
  private ManagedChannel channel;

  @BeforeEach
  void start() {
    String name = "render-" + System.nanoTime();
    hosted = Hosted.inProcess(new RenderService(TestSettings.OF_THE_REPOSITORY), name);
    channel = Hosted.channel(name);
  }

  @AfterEach
  void stop() {
    channel.shutdownNow();
    hosted.close();
  }

  @Test
  void aTurnGivesEveryFrameOnceInOrderUpToItsEnd() {
    List<AnimateResponse> all =
        animate(config(60), speech("aa", 0, 500_000), speech("PP", 500_000, 700_000), end());
    assertThat(all.getFirst().getShape().getBlendshapesCount()).isEqualTo(52);
    long next = 0;
    for (AnimateResponse response : all) {
      if (response.hasFrames()) {
        assertThat(response.getFrames().getStartUs()).isEqualTo(next * 1_000_000 / 60);
        int count = response.getFrames().getFrameCount();
        assertThat(response.getFrames().getWeightsCount()).isEqualTo(52 * count);
        assertThat(response.getFrames().getHeadCount()).isEqualTo(6 * count);
        next += count;
      }
    }
    assertThat(next).isEqualTo(42);
    assertThat(all.getLast().getDone().getDurationUs()).isEqualTo(700_000);
  }

  @Test
  void aTurnGoesOnFromTheFrameThatWasShownLast() {
    List<AnimateResponse> before = animate(config(60), speech("aa", 0, 400_000), end());
    Frames last = before.get(before.size() - 2).getFrames();
    int at = last.getFrameCount() - 1;
    List<Float> weights = last.getWeightsList().subList(52 * at, 52 * at + 52);
    List<Float> head = last.getHeadList().subList(6 * at, 6 * at + 6);
    AnimateConfig start =
        config(60).getConfig().toBuilder()
            .setSeed(77)
            .addAllStartWeights(weights)
            .addAllStartHead(head)
            .build();
    Frames first =
        animate(
                AnimateRequest.newBuilder().setConfig(start).build(),
                speech("E", 0, 300_000),
                end())
            .get(1)
            .getFrames();
    for (int i = 0; i < 52; i++) {
      assertThat(first.getWeights(i)).isCloseTo(weights.get(i), within(1e-4f));
    }
    for (int i = 0; i < 6; i++) {
      assertThat(first.getHead(i)).isCloseTo(head.get(i), within(1e-4f));
    }
  }

  @Test
  void aStartThatIsNoFrameIsRefused() {
    AnimateConfig odd = config(30).getConfig().toBuilder().addStartWeights(.5f).build();
    assertThatThrownBy(() -> animate(AnimateRequest.newBuilder().setConfig(odd).build(), end()))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("start_weights");
  }

  @Test
  void framesComeWhileTheTurnIsStillSpoken() {
    try (var stream = open()) {
      stream.send(config(30));
      stream.send(speech("aa", 0, 1_000_000));
      stream.receive();
      assertThat(stream.receive().orElseThrow().getFrames().getFrameCount()).isPositive();
    }
  }

  @Test
  void videoComesFragmentByFragmentBesideTheFace() {
    AnimateRequest video =
        AnimateRequest.newBuilder()
            .setConfig(
                config(30).getConfig().toBuilder()
                    .setVideo(VideoConfig.newBuilder().setWidth(256).setHeight(256)))
            .build();
    AnimateRequest voiced =
        AnimateRequest.newBuilder()
            .setSpeech(
                speech("aa", 0, 900_000).getSpeech().toBuilder()
                    .setPcm(ByteString.copyFrom(new byte[2 * 21_600])))
            .build();
    List<AnimateResponse> all = animate(video, voiced, end());
    List<Fragment> film =
        all.stream()
            .filter(AnimateResponse::hasFragment)
            .map(AnimateResponse::getFragment)
            .toList();
    assertThat(film.getFirst().getInit()).isTrue();
    assertThat(film.getFirst().getMimeType()).contains("avc1");
    assertThat(film.stream().mapToLong(Fragment::getDurationUs).sum()).isEqualTo(900_000);
    assertThat(film).hasSizeGreaterThan(5);
    assertThat(all.stream().mapToInt(r -> r.getFrames().getFrameCount()).sum()).isEqualTo(27);
  }

  @Test
  void oddInputIsRefusedWithItsReason() {
    assertThatThrownBy(() -> animate(speech("aa", 0, 10))).hasMessageContaining("config");
    assertThatThrownBy(() -> animate(config(30), speech("xx", 0, 10)))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("viseme");
    assertThatThrownBy(() -> animate(config(30), speech("aa", 50, 10))).isInstanceOf(Failure.class);
    AnimateRequest odd =
        AnimateRequest.newBuilder()
            .setSpeech(Speech.newBuilder().setPcm(ByteString.copyFrom(new byte[3])))
            .build();
    assertThatThrownBy(() -> animate(config(30), odd)).hasMessageContaining("16-bit");
    AnimateRequest nobody =
        AnimateRequest.newBuilder()
            .setConfig(AnimateConfig.newBuilder().setAvatarId("../etc/passwd"))
            .build();
    assertThatThrownBy(() -> animate(nobody)).hasMessageContaining("avatar");
  }

  @Test
  void theModelComesWholeOrInRanges() {
    var list =
        RenderServiceGrpc.newBlockingStub(channel)
            .listAvatars(ListAvatarsRequest.getDefaultInstance())
            .getAvatarsList();
    assertThat(list).extracting(Avatar::getId).contains("amara", "david", "elena");
    long whole = list.getFirst().getModelBytes();
    assertThat(download(list.getFirst().getId(), 0, 0))
        .hasSize((int) whole)
        .startsWith("glTF".getBytes());
    assertThat(download(list.getFirst().getId(), 100_000, 70_001)).hasSize(70_001);
    assertThat(download(list.getFirst().getId(), whole, 0)).isEmpty();
    assertThatThrownBy(() -> download("nobody", 0, 0)).hasMessageContaining("avatar");
  }

  private byte[] download(String id, long offset, long length) {
    ByteString bytes = ByteString.EMPTY;
    var request =
        DownloadAvatarRequest.newBuilder()
            .setAvatarId(id)
            .setOffset(offset)
            .setLength(length)
            .build();
    var chunks = RenderServiceGrpc.newBlockingStub(channel).downloadAvatar(request);
    while (chunks.hasNext()) {
      DownloadAvatarResponse chunk = chunks.next();
      assertThat(chunk.getData().size()).isLessThanOrEqualTo(64 << 10);
      bytes = bytes.concat(chunk.getData());
    }
    return bytes.toByteArray();
  }

  private ClientStream<AnimateRequest, AnimateResponse> open() {
    return ClientStream.open(channel, RenderServiceGrpc.getAnimateMethod(), CallOptions.DEFAULT);
  }

  private List<AnimateResponse> animate(AnimateRequest... requests) {
    try (var stream = open()) {
      for (AnimateRequest request : requests) {
        stream.send(request);
      }
      stream.halfClose();
      List<AnimateResponse> all = new ArrayList<>();
      for (Optional<AnimateResponse> next = stream.receive();
          next.isPresent();
          next = stream.receive()) {
        all.add(next.get());
      }
      return all;
    }
  }

  private static AnimateRequest config(int fps) {
    return AnimateRequest.newBuilder()
        .setConfig(
            AnimateConfig.newBuilder().setAvatarId("elena").setFrameRateHz(fps).setFace(true))
        .build();
  }

  private static AnimateRequest speech(String viseme, long startUs, long endUs) {
    VisemeTiming timing =
        VisemeTiming.newBuilder()
            .setViseme(viseme)
            .setSpan(MediaSpan.newBuilder().setStartUs(startUs).setEndUs(endUs))
            .build();
    return AnimateRequest.newBuilder()
        .setSpeech(Speech.newBuilder().addVisemes(timing).setCoveredUs(endUs))
        .build();
  }

  private static AnimateRequest end() {
    return AnimateRequest.newBuilder().setEndOfSpeech(EndOfSpeech.getDefaultInstance()).build();
  }
}
