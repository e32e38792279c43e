package dev.parley.memorysvc.lucene;

import dev.parley.kit.failure.Failure;
import dev.parley.memorysvc.vectors.CollectionKey;
import dev.parley.memorysvc.vectors.VectorSpace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which collection lies in which folder: one small file each, written whole or not at all. A folder
 * that no file names is what a crash left of a collection that was removed or replaced.
 */
final class Catalog {
  private static final String ENDING = ".properties";

  private final Path root;
  private final Map<CollectionKey, Place> places = new HashMap<>();

  /** Where a collection lies and what it holds. */
  record Place(String folder, VectorSpace space) {
    static Place fresh(VectorSpace space) {
      return new Place(UUID.randomUUID().toString(), space);
    }
  }

  private Catalog(Path root) {
    this.root = root;
  }

  static Catalog open(Path root) throws IOException {
    Catalog catalog = new Catalog(root);
    for (Path file : list(root)) {
      if (file.getFileName().toString().endsWith(ENDING)) {
        catalog.read(file);
      }
    }
    Set<String> named =
        catalog.places.values().stream().map(Place::folder).collect(Collectors.toSet());
    for (Path it : list(root)) {
      if (Files.isDirectory(it) && isIndex(it) && !named.contains(it.getFileName().toString())) {
        Folders.delete(it);
      }
    }
    return catalog;
  }

  synchronized Map<CollectionKey, Place> all() {
    return Map.copyOf(places);
  }

  synchronized Place at(CollectionKey key) {
    Place place = places.get(key);
    if (place == null) {
      throw Failure.notFound("collection", key.id());
    }
    return place;
  }

  synchronized boolean has(CollectionKey key) {
    return places.containsKey(key);
  }

  Path folder(Place place) {
    return root.resolve(place.folder());
  }

  synchronized void put(CollectionKey key, Place place) throws IOException {
    Properties facts = new Properties();
    facts.setProperty("organisation", key.organisation());
    facts.setProperty("id", key.id());
    facts.setProperty("folder", place.folder());
    facts.setProperty("dimensions", Integer.toString(place.space().dimensions()));
    facts.setProperty("model", place.space().model());
    facts.setProperty("embedded", Boolean.toString(place.space().embedded()));
    writeWhole(file(key), facts);
    places.put(key, place);
  }

  synchronized void remove(CollectionKey key) throws IOException {
    Files.deleteIfExists(file(key));
    sync(root);
    places.remove(key);
  }

  private void read(Path file) throws IOException {
    Properties facts = new Properties();
    try (var reader = Files.newBufferedReader(file)) {
      facts.load(reader);
    }
    VectorSpace space =
        new VectorSpace(
            Integer.parseInt(facts.getProperty("dimensions")),
            facts.getProperty("model"),
            Boolean.parseBoolean(facts.getProperty("embedded")));
    places.put(
        new CollectionKey(facts.getProperty("organisation"), facts.getProperty("id")),
        new Place(facts.getProperty("folder"), space));
  }

  private Path file(CollectionKey key) {
    String name = key.organisation().length() + ":" + key.organisation() + "/" + key.id();
    return root.resolve(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)) + ENDING);
  }

  private static void writeWhole(Path file, Properties facts) throws IOException {
    StringBuilder text = new StringBuilder();
    var writer = new java.io.StringWriter();
    facts.store(writer, null);
    text.append(writer);
    Path draft = file.resolveSibling(file.getFileName() + ".draft");
    try (FileChannel channel =
        FileChannel.open(
            draft,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      channel.write(ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8)));
      channel.force(true);
    }
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    sync(file.getParent());
  }

  private static void sync(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static boolean isIndex(Path folder) {
    try {
      UUID.fromString(folder.getFileName().toString());
      return true;
    } catch (IllegalArgumentException damagedOrSnapshots) {
      return false;
    }
  }

  private static List<Path> list(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
