package dev.parley.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.kit.failure.Failure;
import dev.parley.orchestrator.identity.Seal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TranscriptKeyFileTest {
  private static final String ONE = "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=";
  private static final String OTHER = "AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI=";
  @TempDir private Path folder;

  private List<Seal> read(String text) throws Exception {
    Path file = Files.writeString(folder.resolve("keys"), text);
    return TranscriptKeyFile.read(Optional.of(file.toString()));
  }

  @Test
  void theFirstSealsAndEachOpensItsOwn() throws Exception {
    List<Seal> keys = read(ONE + "\n\n  " + OTHER + "\n");
    assertThat(keys).hasSize(2);
    String sealed = keys.getFirst().close("here", "secret".getBytes());
    assertThat(read(ONE).getFirst().open("here", sealed)).isEqualTo("secret".getBytes());
    assertThat(TranscriptKeyFile.read(Optional.empty())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "no base64 at all!", "c2hvcnQ="})
  void anythingElseIsRefusedWithTheSettingAndHowToMakeOne(String text) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("orchestrator.transcript-key-file")
        .hasMessageContaining("head -c 32 /dev/urandom | base64");
  }

  @Test
  void soIsAFileThatIsNotThere() {
    assertThatThrownBy(() -> TranscriptKeyFile.read(Optional.of(folder + "/none")))
        .hasMessageContaining("cannot be read");
  }
}
