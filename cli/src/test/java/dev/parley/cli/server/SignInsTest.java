package dev.parley.cli.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.cli.server.SignIns.SignIn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignInsTest {
  private static final SignIn MAYA = new SignIn("access", 99, "refresh");
  @TempDir private Path folder;

  @Test
  void nobodyElseMayReadTheFile() throws IOException {
    new SignIns(folder.resolve("new")).change("a:1", before -> Optional.of(MAYA));
    Path file = folder.resolve("new/sign-ins.json");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void eachServerHasItsOwnAndEndingOneLeavesTheOthers() {
    SignIns signIns = new SignIns(folder);
    signIns.change("a:1", before -> Optional.of(MAYA));
    signIns.change("b:2", before -> Optional.of(new SignIn("other", 1, "r")));
    signIns.change("a:1", before -> before.isPresent() ? Optional.empty() : before);
    assertThat(new SignIns(folder).at("a:1")).isEmpty();
    assertThat(new SignIns(folder).at("b:2")).contains(new SignIn("other", 1, "r"));
  }

  @Test
  void aFileThatIsDamagedIsTakenForNobody() throws IOException {
    Files.writeString(folder.resolve("sign-ins.json"), "{ not json");
    assertThat(new SignIns(folder).at("a:1")).isEmpty();
    assertThat(new SignIns(folder).change("a:1", before -> Optional.of(MAYA))).contains(MAYA);
  }

  @Test
  void noSecretIsInWhatItPrintsOfItself() {
    assertThat(MAYA.toString()).doesNotContain("access", "refresh");
  }

  @Test
  void changesAtTheSameTimeWaitForOneAnother() {
    SignIns signIns = new SignIns(folder);
    CompletableFuture<?>[] all =
        IntStream.range(0, 20)
            .mapToObj(
                i -> CompletableFuture.runAsync(() -> signIns.change("a:1", SignInsTest::next)))
            .toArray(CompletableFuture[]::new);
    CompletableFuture.allOf(all).join();
    assertThat(signIns.at("a:1").map(SignIn::accessEnds)).contains(20L);
  }

  private static Optional<SignIn> next(Optional<SignIn> before) {
    return Optional.of(new SignIn("t", before.map(SignIn::accessEnds).orElse(0L) + 1, "r"));
  }
}
