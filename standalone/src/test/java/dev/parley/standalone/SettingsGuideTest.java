package dev.parley.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.kit.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SettingsGuideTest {
  private static final Path GUIDE = Path.of("..", "docs", "operations.md");
  private static final Pattern ROW =
      Pattern.compile("^\\| `([a-z0-9]+\\.[a-z0-9-]+)` \\|", Pattern.MULTILINE);

  @Test
  void theGuideListsEverySettingThereIsAndNoOther() throws IOException {
    var listed = ROW.matcher(Files.readString(GUIDE)).results().map(row -> row.group(1)).toList();

    assertThat(listed).containsExactlyInAnyOrderElementsOf(Settings.known(Standalone.SETTINGS));
  }
}
