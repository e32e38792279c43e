package dev.parley.rendersvc.raster;

import dev.parley.rendersvc.avatar.Avatar;
import dev.parley.rendersvc.avatar.MeshPart;
import dev.parley.rendersvc.face.HeadPose;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Which part is seen at each pixel, drawn by the rasteriser's own visibility. */
final class PartMap {
  private final String[] names;
  private final int width;

  PartMap(Avatar avatar, Shot shot, float[] weights, HeadPose head) {
    width = shot.width();
    names = new String[width * shot.height()];
    Arrays.fill(names, "backdrop");
    Camera camera = new Camera(avatar, shot.framing(), 2 * width, 2 * shot.height());
    HeadRig rig = new HeadRig(avatar);
    rig.pose(head);
    Looks looks = Looks.of(avatar);
    List<Body> bodies = new ArrayList<>();
    for (MeshPart part : avatar.parts()) {
      Body body = new Body(avatar, part, looks.skin(part), looks.shadows);
      if (!body.blended()) {
        body.stand(weights, rig, camera);
        bodies.add(body);
      }
    }
    look(shot, bodies);
  }

  private void look(Shot shot, List<Body> bodies) {
    Bins bins = new Bins(width, shot.height());
    bins.sort(bodies, Columns.all(width, shot.height()));
    Band band = new Band(width, bodies);
    Still nothing = new Still(shot);
    for (int y = 0; y < shot.height(); y++) {
      int in = y % Bins.ROWS;
      if (in == 0) {
        band.open(nothing, new Area(0, y, width, Math.min(shot.height(), y + Bins.ROWS)));
        band.draw(bins.of(y / Bins.ROWS));
      }
      for (int x = 0; x < width; x++) {
        int sample = band.seen[2 * in * 2 * width + 2 * x];
        if (sample != Sample.NOTHING) {
          names[y * width + x] =
              bodies.get(Bins.part(bins.of(y / Bins.ROWS).entries[Sample.id(sample)])).part.name();
        }
      }
    }
  }

  /** The name of the part, or {@code backdrop}. */
  String at(int x, int y) {
    return names[y * width + x];
  }
}
