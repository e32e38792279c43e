package dev.parley.mesh;

import java.util.List;

/**
 * A service as it is started.
 *
 * @param service its name, also in its certificate
 * @param main its class
 * @param prefixes which settings it knows
 * @param heapMb largest heap, in megabytes; native memory comes on top
 */
record Program(String service, String main, List<String> prefixes, int heapMb) {
  static final Program SPEECH =
      new Program("speech", dev.parley.speechsvc.Main.class.getName(), List.of("speech"), 192);
  static final Program RENDER =
      new Program("render", dev.parley.rendersvc.Main.class.getName(), List.of("render"), 320);
  static final Program MEMORY =
      new Program("memory", dev.parley.memorysvc.Main.class.getName(), List.of("memory"), 320);
  static final Program DOCUMENT =
      new Program(
          "document", dev.parley.documentsvc.Main.class.getName(), List.of("document"), 256);
  static final Program ORCHESTRATOR =
      new Program(
          "orchestrator",
          OrchestratorMain.class.getName(),
          List.of("orchestrator", "identity", "door"),
          384);

  /** Whether it knows a setting, as {@code --speech.vad=energy}. */
  boolean takes(String argument) {
    return prefixes.stream().anyMatch(it -> argument.startsWith("--" + it + "."))
        || argument.startsWith("--telemetry.")
        || argument.startsWith("--identity.required=");
  }
}
