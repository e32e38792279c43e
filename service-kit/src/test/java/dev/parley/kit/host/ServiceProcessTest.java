package dev.parley.kit.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.kit.failure.Failure;
import dev.parley.kit.settings.Settings;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServiceProcessTest {
  private static Settings load(String... arguments) {
    return ServiceProcess.load(List.of(), arguments);
  }

  @Test
  void onAnotherAddressThanLoopbackItStartsOnlyWhereIdentityIsDemanded() {
    assertThatThrownBy(() -> load("--host.address=0.0.0.0"))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("host.address")
        .hasMessageContaining("--identity.required=true");
    Settings open = load("--host.address=0.0.0.0", "--identity.required=true");
    assertThat(open.of(HostSettings.class).address()).isEqualTo("0.0.0.0");
    assertThat(load().of(HostSettings.class).address()).isEqualTo("127.0.0.1");
  }
}
