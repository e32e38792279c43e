package dev.parley.memorysvc.lucene;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.memorysvc.recollection.Entry;
import dev.parley.memorysvc.recollection.Kind;
import dev.parley.memorysvc.recollection.MemoriesContract;
import dev.parley.memorysvc.recollection.RememberedTurn;
import dev.parley.memorysvc.recollection.Scope;
import dev.parley.memorysvc.vectors.VectorStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LuceneMemoriesTest extends MemoriesContract {
  @TempDir Path folder;

  @Override
  protected VectorStore open() {
    return LuceneVectorStore.open(folder);
  }

  @Test
  void forgottenWordsAreInNoFile() throws IOException {
    String secret =
        new Random(5)
            .ints(4000, 'a', 'z')
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    RememberedTurn turn = new RememberedTurn("t1", "s1", "ada", secret, "", Instant.EPOCH);
    index.put(List.of(entry(BOB, "m0", "ada", "s0", vector(0, 1))));
    index.put(List.of(new Entry(ANN, item("m1", turn), Kind.TOLD, secret, vector(1, 0))));
    assertThat(partsOnDisk(secret)).isPositive();

    index.remove(Scope.of(ANN));

    assertThat(partsOnDisk(secret)).isZero();
    assertThat(found(Scope.of(BOB))).containsExactly("m0");
  }

  private long partsOnDisk(String words) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      long count = 0;
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        // Stored fields are compressed in small blocks, so parts of the words are looked for.
        count +=
            IntStream.range(0, words.length() / 20)
                .filter(i -> bytes.contains(words.substring(i * 20, i * 20 + 20)))
                .count();
      }
      return count;
    }
  }
}
