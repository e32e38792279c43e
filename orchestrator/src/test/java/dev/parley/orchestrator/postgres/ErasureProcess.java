package dev.parley.orchestrator.postgres;

import dev.parley.kit.identity.Owner;
import dev.parley.kit.ids.Ids;
import dev.parley.kit.jobs.Jobs;
import dev.parley.kit.jobs.Patience;
import dev.parley.kit.jobs.Work;
import dev.parley.orchestrator.privacy.Erasing;
import dev.parley.orchestrator.privacy.Erasures;
import dev.parley.orchestrator.privacy.PersonalStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Erasures as the service wires them; also as a process of its own, to be killed. */
record ErasureProcess(Erasures erasures, Jobs jobs) implements AutoCloseable {
  static ErasureProcess start(PostgresDatabase database, List<Shelf> shelves) {
    var store = new PostgresErasureStore(database);
    List<PersonalStore> stores = new ArrayList<>(shelves);
    stores.add(new PostgresPersonalRows(database));
    var erasing = new Erasing(store, stores, (_, _) -> List.of(), InstantSource.system());
    Work work =
        new Work() {
          @Override
          public Next run(String id, int failures) {
            erasing.run(id);
            return Next.DONE;
          }

          @Override
          public void givenUp(String id, Throwable why) {
            throw new AssertionError("never", why);
          }
        };
    Jobs jobs = Jobs.start(database.pool(), 2, Patience.ENDLESS, Map.of("erasure", work));
    var erasures =
        new Erasures(store, id -> jobs.submit("erasure", id), Ids::next, InstantSource.system());
    erasures.resume();
    return new ErasureProcess(erasures, jobs);
  }

  /** A JDBC address, the folder of the shelves, then who is to be forgotten, if anybody. */
  public static void main(String[] arguments) throws InterruptedException {
    var erasing = start(PostgresForTests.open(arguments[0]), shelves(Path.of(arguments[1]), 20));
    if (arguments.length > 2) {
      erasing.erasures.forget(new Owner("acme", arguments[2]), "");
    }
    Thread.sleep(Long.MAX_VALUE);
  }

  static List<Shelf> shelves(Path folder, long pauseMs) {
    return List.of(
        new Shelf(folder.resolve("logs"), pauseMs), new Shelf(folder.resolve("media"), pauseMs));
  }

  static Process fork(Path folder, String... arguments) throws IOException {
    Path classPath = folder.resolve("class-path");
    Files.writeString(classPath, "-cp\n\"" + System.getProperty("java.class.path") + "\"");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "@" + classPath,
                ErasureProcess.class.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  @Override
  public void close() {
    jobs.close();
  }
}
