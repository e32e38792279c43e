package dev.parley.rendersvc.raster;

import dev.parley.rendersvc.avatar.Avatar;
import dev.parley.rendersvc.avatar.MeshPart;
import dev.parley.rendersvc.face.Blendshapes;
import dev.parley.rendersvc.face.FaceFrame;
import dev.parley.rendersvc.face.HeadPose;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

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
  private final Sheet middle;
  private Sheet last;
  private Sheet older;
  private long lastUs;
  private long olderUs;

  /** For one avatar and shot; takes about 40 bytes a pixel. */
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
    last = new Sheet(shot, still);
    older = new Sheet(shot, still);
    middle = new Sheet(shot, still);
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
    Sheet sheet = older;
    older = last;
    last = sheet;
    olderUs = lastUs;
    lastUs = frame.mediaTimeUs();
    stand(frame);
    everything().forEach(Body::darken);
    canvas.draw(still, sheet);
    everything().forEach(Body::keep);
    return sheet.picture;
  }

  @Override
  public Picture between(FaceFrame frame) {
    stand(frame);
    everything().filter(body -> !body.part.morphs().isEmpty()).forEach(Body::darken);
    float share = (frame.mediaTimeUs() - olderUs) / (float) (lastUs - olderUs);
    canvas.between(still, older, last, share, middle);
    return middle.picture;
  }

  private void stand(FaceFrame frame) {
    rig.pose(frame.head());
    everything().forEach(body -> body.stand(frame.weights(), rig, camera));
  }

  private Stream<Body> everything() {
    return Stream.concat(moving.stream(), blended.stream());
  }
}
