package dev.parley.rendersvc;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Settings of the render service. */
@ConfigMapping(prefix = "render")
public interface RenderSettings {
  /** Folder of the avatars' {@code .glb} files. */
  @WithDefault("avatars/models")
  String avatarsDir();

  /** How many pictures and fragments are made at once. */
  @WithDefault("2")
  int threads();
}
