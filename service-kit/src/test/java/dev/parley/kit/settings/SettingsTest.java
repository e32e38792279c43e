package dev.parley.kit.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.kit.failure.Failure;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {
  @ConfigMapping(prefix = "probe")
  interface ProbeSettings {
    @WithDefault("7")
    int count();

    @WithDefault("here")
    String voiceDir();
  }

  private static ProbeSettings load(List<String> arguments, Map<String, String> environment) {
    return Settings.load(arguments, environment, List.of(ProbeSettings.class))
        .of(ProbeSettings.class);
  }

  @Test
  void defaultsHoldWhereNothingIsSaid() {
    assertThat(load(List.of(), Map.of()).count()).isEqualTo(7);
  }

  @Test
  void aFlagWinsOverTheEnvironment() {
    ProbeSettings settings =
        load(
            List.of("--probe.count=3"),
            Map.of("PARLEY_PROBE_COUNT", "4", "PARLEY_PROBE_VOICE_DIR", "x"));
    assertThat(settings.count()).isEqualTo(3);
    assertThat(settings.voiceDir()).isEqualTo("x");
  }

  @Test
  void anUnknownNameIsRefusedAndNamed() {
    assertThatThrownBy(() -> load(List.of("--probe.cuont=3"), Map.of()))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("probe.cuont")
        .hasMessageContaining("probe.count");
  }

  @Test
  void aValueThatDoesNotFitIsRefusedAndNamed() {
    assertThatThrownBy(() -> load(List.of("--probe.count=many"), Map.of()))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("probe.count")
        .hasMessageContaining("many");
  }

  @Test
  void aMisspeltNameInTheEnvironmentIsRefusedAndOthersAreLeftAlone() {
    assertThatThrownBy(() -> load(List.of(), Map.of("PARLEY_PROBE_CUONT", "3")))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("probe.cuont");
    assertThat(load(List.of(), Map.of("PARLEY_DATA", "/x", "PARLEY_OTHER_THING", "y")).count())
        .isEqualTo(7);
  }
}
