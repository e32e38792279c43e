package dev.parley.speechsvc.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.kit.concurrent.NativePool;
import dev.parley.kit.failure.Failure;
import dev.parley.speechsvc.Sounds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SmartTurnTest {

  private static NativePool natives;

  @TempDir private Path folder;

  @BeforeAll
  static void open() {
    natives = new NativePool("turns", 1, 8);
  }

  @AfterAll
  static void close() {
    natives.close();
  }

  @Test
  void aModelOfThatFormJudgesTheSound() throws IOException {
    var file = Files.write(folder.resolve("turn.onnx"), SmallNetwork.meanOf("input_features"));
    try (var model = SmartTurn.load(file, natives)) {
      // The mean of the features is -1.5 for silence and above 0 for eight seconds of noise.
      assertThat(model.over(Sounds.silence(3))).isBetween(0.17, 0.19);
      assertThat(model.over(Sounds.noise(8, -20, 1))).isGreaterThan(0.5);
    }
  }

  @Test
  void whatIsNoSuchModelIsRefusedWithTheNameOfTheSetting() throws IOException {
    var other = Files.write(folder.resolve("other.onnx"), SmallNetwork.meanOf("pixels"));
    var text = Files.writeString(folder.resolve("text.onnx"), "not a network");
    for (var file : new Path[] {other, text, folder.resolve("missing.onnx")}) {
      assertThatThrownBy(() -> SmartTurn.load(file, natives))
          .isInstanceOf(Failure.class)
          .hasMessageContaining("speech.turn-model");
    }
  }
}
