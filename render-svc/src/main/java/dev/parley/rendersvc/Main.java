package dev.parley.rendersvc;

import dev.parley.kit.host.ServiceProcess;
import java.util.List;

/** Faces and films as a process of their own. */
public final class Main {
  private Main() {}

  /** Settings as {@code --name=value}. */
  public static void main(String[] arguments) {
    ServiceProcess.run(
        "render",
        List.of(RenderSettings.class),
        arguments,
        process -> new RenderService(process.settings().of(RenderSettings.class)));
  }
}
