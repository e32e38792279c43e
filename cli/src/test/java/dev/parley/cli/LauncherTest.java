package dev.parley.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Command;

class LauncherTest {
  @Test
  void theLauncherKnowsEveryCommandAndItsHelpNamesIt() throws IOException {
    String launcher = Files.readString(Path.of("../parley"));
    String passedOn =
        launcher
            .lines()
            .filter(it -> it.contains(") client \"$command\""))
            .findFirst()
            .orElseThrow();
    List<String> known = Arrays.asList(passedOn.strip().split("\\)")[0].split(" \\| "));
    String help = launcher.substring(launcher.indexOf("<<'TEXT'"), launcher.indexOf("\nTEXT"));

    assertThat(known).containsExactlyInAnyOrderElementsOf(names());
    assertThat(known).allSatisfy(it -> assertThat(help).containsPattern("\\b" + it + "\\b"));
  }

  private static List<String> names() {
    Class<?>[] commands = Main.class.getAnnotation(Command.class).subcommands();
    return Arrays.stream(commands).map(it -> it.getAnnotation(Command.class).name()).toList();
  }
}
