package dev.parley.documentsvc.library;

import dev.parley.kit.failure.Failure;
import dev.parley.kit.failure.Failure.Code;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Files of documents on the local disk while they are read or shown: the last used ones stay, up to
 * {@value #MAX_BYTES} bytes. Thread-safe.
 */
public final class Copies {
  private static final long MAX_BYTES = 1L << 30;

  private static final class Entry {
    private final Path path;
    private final long size;
    private int users;

    private Entry(Path path, long size) {
      this.path = path;
      this.size = size;
    }
  }

  /** A file that stays while it is open. */
  public final class Copy implements AutoCloseable {
    private final Entry entry;

    private Copy(Entry entry) {
      this.entry = entry;
    }

    /** Where it is. */
    public Path path() {
      return entry.path;
    }

    @Override
    public void close() {
      release(entry);
    }
  }

  private final Originals originals;
  private final Path folder;
  private final Map<String, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

  /** Copies into a folder that is empty. */
  public Copies(Originals originals, Path folder) {
    this.originals = originals;
    this.folder = folder;
  }

  /** The file of a document; fetched when it is not here. Fails with STORE_FAILED. */
  public Copy open(Document document) {
    synchronized (this) {
      Entry here = entries.get(document.id());
      if (here != null) {
        here.users++;
        return new Copy(here);
      }
    }
    Path path = fetch(document);
    synchronized (this) {
      Entry entry =
          entries.computeIfAbsent(document.id(), id -> new Entry(path, document.sizeBytes()));
      entry.users++;
      return new Copy(entry);
    }
  }

  private Path fetch(Document document) {
    Path path = folder.resolve(document.id());
    try (InputStream in = originals.read(document.key(), 0, 0)) {
      Path part = Files.createTempFile(folder, "fetch", "");
      try {
        Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
        return Files.move(
            part, path, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (IOException e) {
      throw Failure.of(Code.UNAVAILABLE, "STORE_FAILED", "the file could not be fetched; try again")
          .causedBy(e);
    }
  }

  private synchronized void release(Entry entry) {
    entry.users--;
    long total = entries.values().stream().mapToLong(it -> it.size).sum();
    Iterator<Entry> oldest = entries.values().iterator();
    while (oldest.hasNext() && total > MAX_BYTES) {
      Entry it = oldest.next();
      if (it.users == 0) {
        total -= it.size;
        oldest.remove();
        delete(it.path);
      }
    }
  }

  private static void delete(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
