package dev.parley.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretFileTest {
  @TempDir private Path folder;

  @Test
  void isMadeOnceForItsOwnerOnly() throws IOException {
    Path file = folder.resolve("identity").resolve("secret");
    byte[] secret = SecretFile.open(file.toString());
    assertThat(secret).hasSize(32);
    assertThat(SecretFile.open(file.toString())).isEqualTo(secret);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    try (var left = Files.list(file.getParent())) {
      assertThat(left).containsExactly(file);
    }
  }

  @Test
  void manyWhoStartAtOnceHaveTheSame() throws Exception {
    String file = folder.resolve("secret").toString();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<byte[]>> starts = Collections.nCopies(20, () -> SecretFile.open(file));
      var opened = threads.invokeAll(starts);
      for (var each : opened) {
        assertThat(each.get()).isEqualTo(SecretFile.open(file));
      }
    }
  }

  @Test
  void whatIsNoSecretIsNamedAndNotShown() throws IOException {
    Path file = folder.resolve("secret");
    for (String wrong : new String[] {"", "aHVzaA==", "not base64 at all"}) {
      Files.writeString(file, wrong);
      assertThatThrownBy(() -> SecretFile.open(file.toString()))
          .hasMessageContaining("identity.secret-file")
          .satisfies(
              it -> assertThat(wrong.isEmpty() || !it.getMessage().contains(wrong)).isTrue());
    }
  }
}
