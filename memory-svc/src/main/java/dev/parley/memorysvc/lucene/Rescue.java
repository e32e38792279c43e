package dev.parley.memorysvc.lucene;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.lucene.index.CheckIndex;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.index.IndexNotFoundException;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;

/**
 * Takes what is whole out of a damaged index. A copy of the damaged files stays beside it, and the
 * log says how much was lost; points that were lost are there again once they are put again, which
 * changes nothing for the others.
 */
final class Rescue {
  /** What the folder with a copy of damaged files begins with. */
  static final String DAMAGED = "damaged-";

  private static final System.Logger LOG = System.getLogger("parley.memory");

  private Rescue() {}

  /** Looks whether an index can be read, and rescues it if it cannot. */
  static void ifNeeded(Path folder) throws IOException {
    try (Directory directory = FSDirectory.open(folder);
        DirectoryReader reader = DirectoryReader.open(directory)) {
      LOG.log(System.Logger.Level.DEBUG, "vector index of {0} points", reader.numDocs());
    } catch (IndexFormatTooNewException | IndexFormatTooOldException otherVersion) {
      throw otherVersion;
    } catch (IndexNotFoundException none) {
      if (hasSegments(folder)) {
        rescue(folder);
      }
    } catch (CorruptIndexException | EOFException | NoSuchFileException damaged) {
      rescue(folder);
    }
  }

  private static boolean hasSegments(Path folder) throws IOException {
    return files(folder).stream().anyMatch(it -> it.getFileName().toString().startsWith("_"));
  }

  private static void rescue(Path folder) throws IOException {
    Path aside = folder.resolveSibling(DAMAGED + System.currentTimeMillis());
    Files.createDirectories(aside);
    for (Path it : files(folder)) {
      Files.copy(it, aside.resolve(it.getFileName()));
    }
    String lost = keepWhole(folder);
    LOG.log(
        System.Logger.Level.WARNING,
        "the vector index {0} was damaged; lost: {1}; its files as they were: {2}",
        folder,
        lost,
        aside);
  }

  /** What was lost, in words. */
  private static String keepWhole(Path folder) throws IOException {
    try (Directory directory = FSDirectory.open(folder);
        CheckIndex check = new CheckIndex(directory)) {
      CheckIndex.Status status = check.checkIndex();
      if (!status.missingSegments && !status.clean) {
        check.exorciseIndex(status);
        return status.totLoseDocCount + " points";
      }
    } catch (CorruptIndexException | EOFException | NoSuchFileException unreadable) {
      LOG.log(System.Logger.Level.DEBUG, "nothing to keep", unreadable);
    }
    for (Path it : files(folder)) {
      Files.delete(it);
    }
    return "all of it";
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(it -> !it.getFileName().toString().equals("write.lock")).toList();
    }
  }
}
