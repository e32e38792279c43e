package dev.parley.orchestrator.postgres;

import dev.parley.kit.identity.Owner;
import dev.parley.orchestrator.privacy.PersonalStore;
import dev.parley.orchestrator.privacy.Removal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A store for tests: a file a session in a folder, erased one after the other with a pause. */
record Shelf(Path folder, long pauseMs) implements PersonalStore {
  Shelf {
    folder.toFile().mkdirs();
  }

  void keep(String sessionId) {
    try {
      Files.writeString(folder.resolve(sessionId), "what was said");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int size() {
    try (Stream<Path> files = Files.list(folder)) {
      return (int) files.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public List<Removal> erase(Owner owner, Set<String> sessionIds) {
    long gone = 0;
    try {
      for (String id : sessionIds) {
        Thread.sleep(pauseMs);
        gone += Files.deleteIfExists(folder.resolve(id)) ? 1 : 0;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped", e);
    }
    return List.of(new Removal(folder.getFileName().toString(), gone));
  }
}
