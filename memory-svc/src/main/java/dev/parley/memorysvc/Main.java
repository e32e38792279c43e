package dev.parley.memorysvc;

import dev.parley.kit.concurrent.NativePool;
import dev.parley.kit.host.ServiceProcess;
import java.util.List;

/** Memory as a process of its own. */
public final class Main {
  private Main() {}

  /** Settings as {@code --name=value}. */
  public static void main(String[] arguments) {
    ServiceProcess.run(
        "memory",
        List.of(MemorySettings.class),
        arguments,
        process ->
            MemoryService.start(
                process.settings().of(MemorySettings.class),
                process.keep(new NativePool("embedding", 2, 256))));
  }
}
