package dev.parley.kit.access;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.kit.settings.Settings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AccessSettingsTest {
  private static AccessSettings settings(String... flags) {
    return Settings.load(List.of(flags), Map.of(), List.of(AccessSettings.class))
        .of(AccessSettings.class);
  }

  @Test
  void whoNeedNotSayWhoTheyAreAreLetInFromThisMachineOnly() {
    for (String own : List.of("127.0.0.1", "::1", "localhost")) {
      assertThatCode(() -> settings().allow("a", own)).doesNotThrowAnyException();
    }
    for (String open : List.of("0.0.0.0", "::", "192.0.2.7")) {
      assertThatThrownBy(() -> settings().allow("standalone.address", open))
          .hasMessageStartingWith("standalone.address: " + open)
          .hasMessageContaining("--identity.required=true");
      assertThatCode(() -> settings("--identity.required=true").allow("a", open))
          .doesNotThrowAnyException();
    }
  }
}
