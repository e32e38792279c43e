package dev.parley.rendersvc;

import dev.parley.kit.concurrent.NativePool;
import dev.parley.kit.health.Part;
import dev.parley.kit.host.Service;
import dev.parley.rendersvc.avatar.AvatarShelf;
import dev.parley.rendersvc.ffmpeg.FragmentedMp4;
import dev.parley.rendersvc.gltf.GlbAvatars;
import dev.parley.rendersvc.grpc.RenderGrpc;
import io.grpc.BindableService;
import java.nio.file.Path;
import java.util.List;

/** The render service, wired: avatars from a folder, faces and pictures made on the CPU. */
public final class RenderService implements Service {
  private static final int WAITING = 256;

  private final AvatarShelf avatars;
  private final NativePool pool;
  private final RenderGrpc grpc;
  private final String folder;

  /** Makes the service ready; avatars are loaded when first drawn. */
  public RenderService(RenderSettings settings) {
    folder = settings.avatarsDir();
    avatars = new GlbAvatars(Path.of(folder));
    pool = new NativePool("render", settings.threads(), WAITING);
    grpc = new RenderGrpc(avatars, pool, FragmentedMp4.encoders());
  }

  @Override
  public String name() {
    return "render";
  }

  @Override
  public List<BindableService> grpcServices() {
    return List.of(grpc);
  }

  @Override
  public List<Part> parts() {
    return List.of(new Part("avatars", true, this::avatarState));
  }

  private Part.State avatarState() {
    List<String> ids = avatars.ids();
    return ids.isEmpty()
        ? new Part.State(false, "no .glb in " + folder + "; set render.avatars-dir")
        : new Part.State(true, String.join(", ", ids));
  }

  @Override
  public void close() {
    pool.close();
  }
}
