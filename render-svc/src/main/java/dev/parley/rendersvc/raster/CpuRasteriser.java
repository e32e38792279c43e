package dev.parley.rendersvc.raster;

import dev.parley.rendersvc.avatar.Avatar;
import dev.parley.rendersvc.avatar.MeshPart;
import dev.parley.rendersvc.face.Blendshapes;
import dev.parley.rendersvc.face.FaceFrame;
import dev.parley.rendersvc.face.HeadPose;
import java.util.ArrayList;
import java.util.List;

/**
 * The rasteriser that defines what the picture is, in plain Java on one thread. What never moves is
 * drawn once; over it, in the area that the head covers, a frame is drawn band by band: visibility
 * at four samples a pixel, then one shading a pixel and surface, then lashes and brows.
 */
public final class CpuRasteriser implements Rasteriser {
  private final Camera camera;
  private final HeadRig rig;
  private final List<Body> moving = new ArrayList<>();
  private final List<Body> blended = new ArrayList<>();
  private final Canvas canvas;
  private final Still still;
  private final Picture picture;
  private Area drawn = new Area(0, 0, 0, 0);

  /** For one avatar and shot; takes about 30 bytes a pixel. */
  public CpuRasteriser(Avatar avatar, Shot shot) {
    camera = new Camera(avatar, shot.framing(), 2 * shot.width(), 2 * shot.height());
    rig = new HeadRig(avatar);
    List<Body> resting = new ArrayList<>();
    Looks looks = Looks.of(avatar);
    for (MeshPart part : avatar.parts()) {
      Body body = new Body(avatar, part, looks.skin(part), looks.shadows);
      (body.blended() ? blended : body.still() ? resting : moving).add(body);
    }
    canvas = new Canvas(shot, camera, moving, blended);
    still = new Still(shot);
    fix(avatar, shot, resting);
    picture = new Picture(shot.width(), shot.height(), still.rgb.clone());
  }

  private void fix(Avatar avatar, Shot shot, List<Body> resting) {
    rig.pose(HeadPose.REST);
    resting.forEach(body -> body.stand(new float[Blendshapes.COUNT], rig, camera));
    int[] behind = still.rgb.clone();
    new Canvas(shot, camera, resting, List.of()).fix(still);
    still.melt(avatar, camera, behind);
  }

  @Override
  public Picture draw(FaceFrame frame) {
    rig.pose(frame.head());
    moving.forEach(body -> body.stand(frame.weights(), rig, camera));
    blended.forEach(body -> body.stand(frame.weights(), rig, camera));
    for (int y = drawn.top; y < drawn.bottom; y++) {
      int at = y * picture.width() + drawn.left;
      System.arraycopy(still.rgb, at, picture.rgb(), at, drawn.width());
    }
    drawn = canvas.draw(still, picture.rgb());
    return picture;
  }
}
