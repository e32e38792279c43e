package dev.parley.rendersvc.raster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.parley.rendersvc.avatar.Avatar;
import dev.parley.rendersvc.avatar.MeshPart;
import dev.parley.rendersvc.avatar.Texture;
import dev.parley.rendersvc.face.FaceFrame;
import dev.parley.rendersvc.face.HeadPose;
import dev.parley.rendersvc.gltf.GlbAvatars;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server's picture and the page's, of the same face in the same pose. */
class PageAgreementTest {
  private static final int SIZE = PagePictures.SIZE;
  private static final List<String> AVATARS = List.of("elena", "david", "amara");
  private static final Set<String> FACE = Set.of("face", "eyes", "teeth", "tongue");
  private static final HeadPose TURNED = new HeadPose(3, -11, 2, .002f, .001f, 0);
  private static final List<String> VOWELS = List.of("sil", "aa", "oh");
  private static Map<String, int[]> page;

  @TempDir static Path folder;

  @BeforeAll
  static void drawThePage() throws Exception {
    String missing = PagePictures.missing().orElse("");
    assumeTrue(missing.isEmpty(), missing);
    PagePictures pictures = new PagePictures();
    for (String id : AVATARS) {
      pictures.ask(id + "-rest", id, viseme("sil"), head(HeadPose.REST), "#39424e", false);
      pictures.ask(id + "-turned", id, viseme("E"), head(TURNED), "#39424e", false);
    }
    pictures.ask("black", "elena", viseme("aa"), head(TURNED), "#000000", false);
    pictures.ask("white", "elena", viseme("aa"), head(TURNED), "#ffffff", false);
    for (String vowel : VOWELS) {
      pictures.ask("mouth-" + vowel, "elena", viseme(vowel), head(HeadPose.REST), "#39424e", true);
    }
    page = pictures.draw(folder);
  }

  @Test
  void colourOverTheFaceDiffersBySixOf255AtMost() {
    for (String id : AVATARS) {
      assertThat(faceDifference(id, "sil", HeadPose.REST, page.get(id + "-rest")))
          .as(id + " at rest")
          .isLessThanOrEqualTo(6);
      assertThat(faceDifference(id, "E", TURNED, page.get(id + "-turned")))
          .as(id + " turned")
          .isLessThanOrEqualTo(6);
    }
  }

  @Test
  void silhouettesAreTheSame() {
    double both = 0;
    double either = 0;
    int[] black = draw(avatar("elena"), viseme("aa"), TURNED, 0);
    int[] white = draw(avatar("elena"), viseme("aa"), TURNED, 0xffffff);
    for (int i = 0; i < SIZE * SIZE; i++) {
      double ours = covered(black[i], white[i]);
      double theirs = covered(page.get("black")[i], page.get("white")[i]);
      both += Math.min(ours, theirs);
      either += Math.max(ours, theirs);
    }
    System.out.printf("silhouette: intersection over union %.4f%n", both / either);
    assertThat(both / either).isGreaterThanOrEqualTo(.97);
  }

  @Test
  void theMouthIsOpenToTheSamePixelOrTwo() {
    Avatar marked = marked(avatar("elena"));
    for (String vowel : VOWELS) {
      double ours = opening(draw(marked, viseme(vowel), HeadPose.REST, 0x39424e));
      double theirs = opening(page.get("mouth-" + vowel));
      System.out.printf("mouth open at %s: %.2f here, %.2f in the page%n", vowel, ours, theirs);
      assertThat(ours).as(vowel).isCloseTo(theirs, within(2.0));
    }
  }

  private static double faceDifference(String id, String viseme, HeadPose head, int[] theirs) {
    Avatar avatar = avatar(id);
    int[] ours = draw(avatar, viseme(viseme), head, 0x39424e);
    PartMap parts = new PartMap(avatar, shot(0), viseme(viseme), head);
    long sum = 0;
    int count = 0;
    for (int i = 0; i < SIZE * SIZE; i++) {
      if (FACE.contains(parts.at(i % SIZE, i / SIZE))) {
        for (int shift = 0; shift <= 16; shift += 8) {
          sum += Math.abs((ours[i] >> shift & 255) - (theirs[i] >> shift & 255));
          count++;
        }
      }
    }
    double mean = sum / (double) count;
    System.out.printf("%s %s: mean difference over the face %.2f of 255%n", id, viseme, mean);
    return mean;
  }

  private static double covered(int overBlack, int overWhite) {
    return 1 - ((overWhite >> 8 & 255) - (overBlack >> 8 & 255)) / 255.0;
  }

  /** Rows of red, the inside of the mouth, in the middle columns. */
  private static double opening(int[] rgb) {
    double red = 0;
    for (int y = SIZE / 2; y < SIZE * 3 / 4; y++) {
      for (int x = SIZE / 2 - 2; x < SIZE / 2 + 2; x++) {
        int p = rgb[y * SIZE + x];
        red += (p >> 16 & 255) > 1.35 * (p >> 8 & 255) + 6 ? .25 : 0;
      }
    }
    return red;
  }

  /** Skin white, inside of the mouth, teeth and tongue red; as the page's marker. */
  private static Avatar marked(Avatar avatar) {
    List<MeshPart> parts = avatar.parts().stream().map(PageAgreementTest::marked).toList();
    return new Avatar("marked", parts, avatar.centerX(), avatar.centerY(), avatar.centerZ());
  }

  private static MeshPart marked(MeshPart part) {
    boolean inside = part.name().equals("teeth") || part.name().equals("tongue");
    if (!inside && !part.name().equals("face")) {
      return part;
    }
    int[] pixels = new int[1024 * 1024];
    for (int i = 0; i < pixels.length; i++) {
      boolean mouth = i % 1024 >= 845 && i % 1024 < 1019 && i / 1024 < 200;
      pixels[i] = inside || mouth ? 0xffff0000 : 0xffffffff;
    }
    return part.withColours(new Texture(1024, 1024, pixels, false));
  }

  private static int[] draw(Avatar avatar, float[] weights, HeadPose head, int background) {
    FaceFrame frame = new FaceFrame(0, 0, weights, head);
    return new CpuRasteriser(avatar, shot(background)).draw(frame).rgb();
  }

  private static Shot shot(int background) {
    return new Shot(SIZE, SIZE, new Backdrop.Wall(background, background), Framing.PORTRAIT);
  }

  private static Avatar avatar(String id) {
    return new GlbAvatars(Path.of("../avatars/models")).load(id);
  }

  private static float[] viseme(String name) {
    return Poses.viseme(name);
  }

  private static float[] head(HeadPose pose) {
    return new float[] {
      (float) Math.toRadians(pose.pitchDeg()),
      (float) Math.toRadians(pose.yawDeg()),
      (float) Math.toRadians(pose.rollDeg()),
      pose.xM(),
      pose.yM(),
      pose.zM()
    };
  }
}
