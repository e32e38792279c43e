package dev.parley.rendersvc.avatar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.rendersvc.face.Blendshapes;
import dev.parley.rendersvc.gltf.GlbAvatars;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every avatar that ships, read as the product reads it. */
class AvatarModelsTest {
  private static final GlbAvatars SHELF = new GlbAvatars(Path.of("../avatars/models"));
  private static final List<String> SOLID = List.of("face", "eyes", "teeth", "tongue");
  private static final int TRIANGLES = 29_000;

  static List<String> ids() {
    return SHELF.ids();
  }

  @Test
  void threePeopleShip() {
    assertThat(ids()).containsExactly("amara", "david", "elena");
  }

  @ParameterizedTest
  @MethodSource("ids")
  void theFaceHasAllShapesInTheOrderOfArkit(String id) {
    List<Integer> order = part(id, "face").morphs().stream().map(MorphTarget::blendshape).toList();
    assertThat(order).isEqualTo(IntStream.range(0, 52).boxed().toList());
    for (MeshPart part : SHELF.load(id).parts()) {
      assertThat(part.morphs().stream().map(MorphTarget::blendshape)).doesNotHaveDuplicates();
    }
  }

  @ParameterizedTest
  @MethodSource("ids")
  void everyNumberIsFiniteAndEveryMoveIsSmallerThanAHead(String id) {
    for (MeshPart part : SHELF.load(id).parts()) {
      assertFinite(part.positions(), 1.2f);
      assertFinite(part.normals(), 1.01f);
      for (MorphTarget morph : part.morphs()) {
        assertFinite(morph.positions(), .08f);
        assertFinite(morph.normals(), 2.01f);
      }
      assertThat(Arrays.stream(part.indices()).max().orElseThrow()).isLessThan(part.vertexCount());
    }
  }

  @ParameterizedTest
  @MethodSource("ids")
  void theLipsAreClosedAtRestAndForPp(String id) {
    assertThat(opening(id, new float[52])).isZero();
    assertThat(
            opening(
                id,
                weights(
                    "jawOpen=.04,mouthClose=.04,mouthPressLeft=.4,mouthPressRight=.4,"
                        + "mouthRollLower=.28,mouthRollUpper=.22")))
        .isZero();
  }

  @ParameterizedTest
  @MethodSource("ids")
  void anOpenJawOpensTheMouthAndMouthCloseShutsItAgain(String id) {
    assertThat(opening(id, weights("jawOpen=.6"))).isGreaterThan(8);
    assertThat(opening(id, weights("jawOpen=.3,mouthClose=.3"))).isLessThan(.7f);
  }

  @ParameterizedTest
  @MethodSource("ids")
  void aBlinkClosesTheEyesWholly(String id) {
    int open = eyes(id, "eyeBlinkLeft=0").count("eyes");
    assertThat(eyes(id, "eyeBlinkLeft=.5,eyeBlinkRight=.5").count("eyes"))
        .isBetween(open / 5, open * 2 / 3);
    FrontView closed = eyes(id, "eyeBlinkLeft=1,eyeBlinkRight=1");
    assertThat(closed.count("eyes")).isZero();
    assertThat(closed.empty()).as("holes in the face").isZero();
  }

  @ParameterizedTest
  @MethodSource("ids")
  void lidsStayClosedWhereverTheEyesLook(String id) {
    for (String look : List.of("Up", "Down", "In", "Out")) {
      String pose = "eyeBlinkLeft=1,eyeBlinkRight=1,eyeLook%sLeft=.6,eyeLook%sRight=.6";
      assertThat(eyes(id, pose.formatted(look, look)).count("eyes")).as(look).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("ids")
  void everySurfaceHasItsPicture(String id) {
    for (MeshPart part : SHELF.load(id).parts()) {
      Texture base = part.material().base();
      assertThat(base.width()).as(part.name()).isBetween(128, 2048);
      assertThat(Arrays.stream(base.pixels()).distinct().count()).as(part.name()).isGreaterThan(1);
    }
    assertThat(part(id, "face").material().normal()).isPresent();
    assertThat(part(id, "face").material().surface()).isPresent();
  }

  @ParameterizedTest
  @MethodSource("ids")
  void anAvatarIsLightEnoughForThePageAndASingleCore(String id) {
    int triangles = SHELF.load(id).parts().stream().mapToInt(p -> p.indices().length / 3).sum();
    assertThat(triangles).isBetween(8_000, TRIANGLES);
    assertThat(SHELF.model(id))
        .satisfies(file -> assertThat(file.toFile().length()).isLessThan(5_000_000));
  }

  @ParameterizedTest
  @MethodSource("ids")
  void itIsAsLargeAsAPersonAndCentredBetweenItsEyes(String id) {
    float[] box = box(part(id, "face"));
    assertThat(box[2] - box[0]).isBetween(.13f, .36f);
    assertThat(box[3] - box[1]).isBetween(.25f, .45f);
    float[] eyes = box(part(id, "eyes"));
    Avatar avatar = SHELF.load(id);
    assertThat(Math.abs(eyes[0] + eyes[2])).isLessThan(.002f);
    assertThat((eyes[1] + eyes[3]) / 2 - avatar.centerY()).isBetween(.03f, .04f);
    assertThat(avatar.centerX()).isZero();
  }

  @ParameterizedTest
  @MethodSource("ids")
  void aPortraitIsBesideIt(String id) throws IOException {
    BufferedImage portrait = ImageIO.read(SHELF.picture(id).toFile());
    assertThat(portrait.getWidth()).isEqualTo(512);
    assertThat(portrait.getHeight()).isEqualTo(512);
  }

  @ParameterizedTest
  @ValueSource(strings = {"eyes", "teeth", "tongue", "lashes"})
  void whatLiesUnderTheSkinMovesWithIt(String name) {
    for (String id : ids()) {
      assertThat(part(id, name).morphs()).as(id).isNotEmpty();
    }
  }

  private static void assertFinite(float[] numbers, float largest) {
    for (float number : numbers) {
      if (!(Math.abs(number) <= largest)) {
        throw new AssertionError(number + " (expected at most " + largest + ")");
      }
    }
  }

  private static float opening(String id, float[] weights) {
    return new MouthView(SHELF.load(id)).openingMm(weights);
  }

  private static FrontView eyes(String id, String pose) {
    float[] box = box(part(id, "eyes"));
    float[] around = {box[0] - .004f, box[1] - .004f, box[2] + .004f, box[3] + .004f};
    return FrontView.of(SHELF.load(id), weights(pose), around, .0003f, SOLID);
  }

  private static float[] box(MeshPart part) {
    float[] box = {9, 9, -9, -9};
    for (int i = 0; i < part.positions().length; i += 3) {
      for (int k = 0; k < 2; k++) {
        box[k] = Math.min(box[k], part.positions()[i + k]);
        box[2 + k] = Math.max(box[2 + k], part.positions()[i + k]);
      }
    }
    return box;
  }

  private static MeshPart part(String id, String name) {
    return SHELF.load(id).parts().stream()
        .filter(p -> p.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static float[] weights(String pose) {
    float[] weights = new float[Blendshapes.COUNT];
    for (String one : pose.split(",")) {
      int equals = one.indexOf('=');
      weights[Blendshapes.index(one.substring(0, equals))] =
          Float.parseFloat(one.substring(equals + 1));
    }
    return weights;
  }
}
