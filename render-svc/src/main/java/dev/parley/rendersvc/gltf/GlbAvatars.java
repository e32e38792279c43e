package dev.parley.rendersvc.gltf;

import dev.parley.kit.failure.Failure;
import dev.parley.rendersvc.avatar.Avatar;
import dev.parley.rendersvc.avatar.AvatarShelf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Avatars in a folder of {@code .glb} files; each is read once and kept. */
public final class GlbAvatars implements AvatarShelf {
  private final Path folder;
  private final Map<String, Avatar> loaded = new ConcurrentHashMap<>();

  public GlbAvatars(Path folder) {
    this.folder = folder;
  }

  @Override
  public List<String> ids() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".glb"))
          .map(name -> name.substring(0, name.length() - 4))
          .sorted()
          .toList();
    } catch (IOException unreadable) {
      throw broken("avatars: " + folder + " cannot be listed", unreadable);
    }
  }

  @Override
  public Path model(String id) {
    List<String> there = ids();
    String wanted = id.isEmpty() && !there.isEmpty() ? there.getFirst() : id;
    if (!there.contains(wanted)) {
      throw Failure.notFound("avatar", id);
    }
    return folder.resolve(wanted + ".glb");
  }

  @Override
  public Path picture(String id) {
    model(id);
    Path file = folder.resolve(id + ".png");
    if (!Files.exists(file)) {
      throw Failure.of(
          Failure.Code.NOT_FOUND, "MEDIA_NOT_READY", "avatar " + id + " has no picture file");
    }
    return file;
  }

  @Override
  public Avatar load(String id) {
    Path file = model(id);
    return loaded.computeIfAbsent(id, key -> read(key, file));
  }

  private static Avatar read(String id, Path file) {
    try {
      return new GlbReader(id).read(file);
    } catch (IOException | RuntimeException unreadable) {
      throw broken("avatar " + id + " cannot be read", unreadable);
    }
  }

  private static Failure broken(String what, Exception why) {
    return Failure.of(Failure.Code.INTERNAL, "RENDER_FAILED", what + ": " + why.getMessage())
        .causedBy(why);
  }
}
