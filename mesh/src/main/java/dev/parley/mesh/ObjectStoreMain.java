package dev.parley.mesh;

import dev.parley.standalone.embedded.ObjectStore;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/** The S3 store as a process of its own; ends when its standard input does. */
public final class ObjectStoreMain {
  private ObjectStoreMain() {}

  /**
   * The one argument names a properties file with {@code folder}, {@code port} and {@code secret}.
   */
  public static void main(String[] arguments) throws IOException {
    Properties settings = new Properties();
    try (var reader = Files.newBufferedReader(Path.of(arguments[0]))) {
      settings.load(reader);
    }
    ObjectStore store =
        ObjectStore.start(
            Path.of(settings.getProperty("folder")),
            Integer.parseInt(settings.getProperty("port")),
            settings.getProperty("secret"));
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(store::close));
    System.in.transferTo(OutputStream.nullOutputStream());
    System.exit(0);
  }
}
