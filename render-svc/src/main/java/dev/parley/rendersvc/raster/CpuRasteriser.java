package dev.parley.rendersvc.raster;

import dev.parley.rendersvc.avatar.Avatar;
import dev.parley.rendersvc.avatar.MeshPart;
import dev.parley.rendersvc.face.FaceFrame;
import java.util.ArrayList;
import java.util.List;

/**
 * The rasteriser that defines what the picture is, in plain Java on one thread: visibility at four
 * samples a pixel, then one shading a pixel and surface, then lashes and brows laid over.
 */
public final class CpuRasteriser implements Rasteriser {
  private final Camera camera;
  private final HeadRig rig;
  private final List<Body> solid = new ArrayList<>();
  private final List<Body> blended = new ArrayList<>();
  private final Coverage coverage;
  private final Shading shading;
  private final VertexLight lamp;
  private final Picture picture;

  /** For one avatar and shot; takes about 30 bytes a pixel. */
  public CpuRasteriser(Avatar avatar, Shot shot) {
    camera = new Camera(avatar, shot.framing(), 2 * shot.width(), 2 * shot.height());
    rig = new HeadRig(avatar);
    lamp = new VertexLight(camera);
    Shadows shadows = Shadows.of(avatar);
    for (MeshPart part : avatar.parts()) {
      Body body = new Body(avatar, part, shadows.open(part));
      (body.blended ? blended : solid).add(body);
    }
    coverage = new Coverage(shot.width(), shot.height());
    shading = new Shading(shot, coverage, solid, camera);
    picture = new Picture(shot.width(), shot.height(), new int[shot.width() * shot.height()]);
  }

  @Override
  public Picture draw(FaceFrame frame) {
    rig.pose(frame.head());
    coverage.clear();
    for (int i = 0; i < solid.size(); i++) {
      stand(solid.get(i), frame);
      coverage.draw(i, solid.get(i));
    }
    shading.resolve();
    for (Body body : blended) {
      stand(body, frame);
      shading.overlay(body);
    }
    shading.develop(picture.rgb());
    return picture;
  }

  private void stand(Body body, FaceFrame frame) {
    body.stand(frame.weights(), rig, camera);
    body.light(lamp);
  }
}
