package dev.parley.mesh;

import dev.parley.kit.failure.Failure;
import dev.parley.standalone.embedded.DataFolder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Starts the services: one of each first, because the first makes the tables, then the others.
 *
 * @param known settings of all services
 * @param hosts names by which the doors may be called besides those of loopback
 */
record Services(
    Jvm jvm,
    Renewal renewal,
    List<String> known,
    List<String> hosts,
    Layout layout,
    DataFolder folder) {
  private static final Duration PATIENCE = Duration.ofSeconds(180);

  private record Started(Program program, Place place) {}

  void startAll(List<Child> running, Consumer<String> told) {
    List<Started> first = new ArrayList<>();
    List<Started> others = new ArrayList<>();
    each(Program.SPEECH, layout.speech(), first, others);
    each(Program.RENDER, layout.render(), first, others);
    each(Program.MEMORY, layout.memory(), first, others);
    each(Program.DOCUMENT, layout.document(), first, others);
    each(Program.ORCHESTRATOR, layout.orchestrator(), first, others);
    told.accept("starting one of each service, which makes the tables ...");
    start(first, running, told);
    told.accept("starting the others ...");
    start(others, running, told);
  }

  private static void each(
      Program program, List<Place> places, List<Started> first, List<Started> others) {
    first.add(new Started(program, places.getFirst()));
    places.stream().skip(1).forEach(it -> others.add(new Started(program, it)));
  }

  private void start(List<Started> them, List<Child> running, Consumer<String> told) {
    List<Child> started = new ArrayList<>();
    for (Started it : them) {
      Child child = Child.start(launch(it.program(), it.place()), told);
      running.add(child);
      started.add(child);
    }
    started.forEach(Services::awaitAlive);
  }

  private Launch launch(Program program, Place place) {
    List<String> settings = new ArrayList<>(known.stream().filter(program::takes).toList());
    settings.addAll(layout.peers());
    settings.add("--host.port=" + place.port());
    settings.add("--host.management-port=" + place.management());
    settings.add("--host.tls=" + renewal.service(program.service()));
    settings.add("--host.tied=true");
    Map<String, Integer> ports = new HashMap<>();
    ports.put("grpc", place.port());
    ports.put(Probe.MANAGEMENT, place.management());
    if (place.door() > 0) {
      settings.add("--door.port=" + place.door());
      if (!hosts.isEmpty()) {
        settings.add("--door.hosts=" + String.join(",", hosts));
      }
      settings.add("--orchestrator.replica-address=127.0.0.1:" + place.port());
      ports.put("door", place.door());
    }
    if (program == Program.DOCUMENT) {
      settings.add("--document.folder=" + folder.folder("documents/" + place.name()));
    }
    return jvm.service(place.name(), program, settings, ports);
  }

  private static void awaitAlive(Child child) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!Probe.answers(child.launch().ports().get(Probe.MANAGEMENT), "/healthz")) {
      child.mustLive();
      if (System.nanoTime() > end) {
        throw Failure.of(
            Failure.Code.UNAVAILABLE,
            "UNAVAILABLE",
            child.launch().name()
                + " is not ready after "
                + PATIENCE.toSeconds()
                + " s; its log is "
                + child.launch().log());
      }
      pause();
    }
  }

  static void pause() {
    try {
      Thread.sleep(100);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
