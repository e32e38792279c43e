package dev.parley.rendersvc.raster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.kit.failure.Failure;
import dev.parley.rendersvc.avatar.Avatar;
import dev.parley.rendersvc.face.Blendshapes;
import dev.parley.rendersvc.face.FaceFrame;
import dev.parley.rendersvc.face.HeadPose;
import dev.parley.rendersvc.gltf.GlbAvatars;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CpuRasteriserTest {
  private static final int SIZE = 256;
  private static final Shot SHOT = new Shot(SIZE, SIZE, 0x2050a0, Framing.PORTRAIT);

  @ParameterizedTest
  @ValueSource(strings = {"elena", "david", "amara"})
  void aFaceStandsBeforeTheBackground(String id) {
    Picture picture = new CpuRasteriser(avatar(id), SHOT).draw(frame("jawOpen", 0));
    assertThat(blue(picture, 4, 4)).isGreaterThan(red(picture, 4, 4) + 60);
    int nose = SIZE / 2;
    assertThat(red(picture, nose, nose)).isGreaterThan(blue(picture, nose, nose) + 15);
  }

  @ParameterizedTest
  @ValueSource(strings = {"elena", "david", "amara"})
  void openingTheJawMovesTheMouthAndNotTheForehead(String id) {
    CpuRasteriser rasteriser = new CpuRasteriser(avatar(id), SHOT);
    int[] closed = rasteriser.draw(frame("jawOpen", 0)).rgb().clone();
    int[] open = rasteriser.draw(frame("jawOpen", .6f)).rgb();
    assertThat(changed(closed, open, 140, 180)).isGreaterThan(150);
    assertThat(changed(closed, open, 0, 60)).isZero();
  }

  @Test
  void theSameFrameGivesTheSamePicture() {
    CpuRasteriser rasteriser = new CpuRasteriser(avatar("david"), SHOT);
    int[] first = rasteriser.draw(frame("mouthSmileLeft", .5f)).rgb().clone();
    rasteriser.draw(frame("eyeBlinkLeft", 1));
    assertThat(rasteriser.draw(frame("mouthSmileLeft", .5f)).rgb()).isEqualTo(first);
  }

  @Test
  void sizesOutsideTheContractAreRefused() {
    assertThatThrownBy(() -> new Shot(254, 512, 0, Framing.CLOSE)).isInstanceOf(Failure.class);
    assertThatThrownBy(() -> new Shot(512, 1026, 0, Framing.CLOSE)).isInstanceOf(Failure.class);
    assertThatThrownBy(() -> Framing.named("wide")).hasMessageContaining("wide");
  }

  private static Avatar avatar(String id) {
    return new GlbAvatars(Path.of("../avatars/models")).load(id);
  }

  private static FaceFrame frame(String blendshape, float weight) {
    float[] weights = new float[Blendshapes.COUNT];
    weights[Blendshapes.index(blendshape)] = weight;
    return new FaceFrame(0, 0, weights, HeadPose.REST);
  }

  private static int changed(int[] before, int[] after, int fromRow, int toRow) {
    int changed = 0;
    for (int i = fromRow * SIZE; i < toRow * SIZE; i++) {
      changed += before[i] != after[i] ? 1 : 0;
    }
    return changed;
  }

  private static int red(Picture picture, int x, int y) {
    return picture.rgb()[y * SIZE + x] >> 16 & 255;
  }

  private static int blue(Picture picture, int x, int y) {
    return picture.rgb()[y * SIZE + x] & 255;
  }
}
