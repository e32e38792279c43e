package dev.parley.rendersvc.avatar;

import java.nio.file.Path;
import java.util.List;

/** Where avatars are kept. Implementations are safe for use by many threads. */
public interface AvatarShelf {
  /** The ids of all avatars, in alphabetical order. */
  List<String> ids();

  /** The {@code .glb} file of one; an unknown id fails as not found. */
  Path model(String id);

  /** The {@code .png} picture of one; fails as not found when there is none. */
  Path picture(String id);

  /** One ready for drawing, loaded at the first call; an unknown id fails as not found. */
  Avatar load(String id);
}
