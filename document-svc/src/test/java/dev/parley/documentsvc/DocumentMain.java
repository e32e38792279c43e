package dev.parley.documentsvc;

import dev.parley.documentsvc.library.Cast;
import dev.parley.kit.identity.CallerInterceptor;
import dev.parley.kit.settings.Settings;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The document service in a process of its own, to be killed. */
final class DocumentMain {
  private DocumentMain() {}

  /** The port of the memory service, then settings. */
  public static void main(String[] arguments) throws InterruptedException {
    var memory =
        NettyChannelBuilder.forAddress("127.0.0.1", Integer.parseInt(arguments[0]))
            .usePlaintext()
            .intercept(CallerInterceptor.outgoing())
            .build();
    List<String> settings = Arrays.asList(arguments).subList(1, arguments.length);
    Settings known = Settings.load(settings, Map.of(), List.of(DocumentSettings.class));
    DocumentService.start(known.of(DocumentSettings.class), memory, Cast.NOBODY);
    Thread.sleep(Long.MAX_VALUE);
  }

  static Process start(List<String> settings, int memoryPort) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                DocumentMain.class.getName(),
                String.valueOf(memoryPort)));
    command.addAll(settings);
    return new ProcessBuilder(command)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }
}
