package dev.parley.rendersvc.raster;

import dev.parley.rendersvc.avatar.Avatar;
import dev.parley.rendersvc.avatar.MeshPart;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.WeakHashMap;

/** What is worked out once an avatar and shared by all who draw it: shadows and surfaces. */
final class Looks {
  private static final Map<Avatar, Looks> KNOWN = Collections.synchronizedMap(new WeakHashMap<>());

  final Shadows shadows;
  private final Map<MeshPart, Skin> skins = new IdentityHashMap<>();

  private Looks(Avatar avatar) {
    shadows = new Shadows(avatar);
    avatar.parts().forEach(part -> skins.put(part, new Skin(part, shadows)));
  }

  static Looks of(Avatar avatar) {
    return KNOWN.computeIfAbsent(avatar, Looks::new);
  }

  Skin skin(MeshPart part) {
    return skins.get(part);
  }
}
