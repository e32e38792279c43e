package dev.parley.orchestrator.openid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProvidersFileTest {
  @TempDir private Path folder;

  @Test
  void listsProvidersWithTheirSecretsFromFilesBeside() throws IOException {
    Files.writeString(folder.resolve("google.secret"), "hush\n");
    assertThat(
            ProvidersFile.read(
                file(
                    """
                    {"providers": [
                      {"id": "google", "display_name": "Google",
                       "issuer": "https://accounts.google.com", "client_id": "c",
                       "client_secret_file": "google.secret"},
                      {"id": "own", "issuer": "https://id.example", "client_id": "d"}]}
                    """)))
        .containsExactly(
            new ProviderSettings(
                "google",
                "Google",
                URI.create("https://accounts.google.com"),
                "c",
                Optional.of("hush")),
            new ProviderSettings(
                "own", "own", URI.create("https://id.example"), "d", Optional.empty()));
    assertThat(ProvidersFile.read(file("{}"))).isEmpty();
  }

  @Test
  void saysWhatIsWrongAndNoSecret() throws IOException {
    Path file = file("{\"providers\": [{\"id\": \"a\", \"client_secret\": \"hush\"}]}");
    assertThatThrownBy(() -> ProvidersFile.read(file))
        .hasMessageContaining("identity.open-id-file")
        .hasMessageContaining("has no issuer")
        .hasMessageNotContaining("hush");
    assertThatThrownBy(() -> ProvidersFile.read(folder.resolve("none.json")))
        .hasMessageContaining("cannot be read");
    Path broken = file("{\"providers\": \"hush");
    assertThatThrownBy(() -> ProvidersFile.read(broken)).hasMessageNotContaining("hush");
  }

  private Path file(String json) throws IOException {
    return Files.writeString(folder.resolve("providers.json"), json);
  }
}
