package dev.parley.speechsvc;

import dev.parley.kit.host.ServiceProcess;
import java.util.List;

/** Speech as a process of its own. */
public final class Main {
  private Main() {}

  /** Settings as {@code --name=value}. */
  public static void main(String[] arguments) {
    ServiceProcess.run(
        "speech",
        List.of(SpeechSettings.class),
        arguments,
        process -> new SpeechService(process.settings().of(SpeechSettings.class)));
  }
}
