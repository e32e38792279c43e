package dev.parley.orchestrator.openid;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.parley.kit.failure.Failure;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The file that lists providers: {@code {"providers": [{"id", "display_name", "issuer",
 * "client_id", "client_secret" or "client_secret_file"}]}}.
 */
public final class ProvidersFile {
  private ProvidersFile() {}

  /** Reads it. Fails with INVALID_ARGUMENT that names what is wrong, and no secret. */
  public static List<ProviderSettings> read(Path file) {
    try {
      List<ProviderSettings> found = new ArrayList<>();
      Map<String, Object> all = JSONObjectUtils.parse(Files.readString(file));
      var list = JSONObjectUtils.getJSONObjectArray(all, "providers");
      if (list != null) {
        for (Map<String, Object> it : list) {
          found.add(provider(file, it));
        }
      }
      return found;
    } catch (IOException | ParseException | IllegalArgumentException e) {
      throw wrong(file, "cannot be read: " + e.getClass().getSimpleName());
    }
  }

  private static ProviderSettings provider(Path file, Map<String, Object> it)
      throws ParseException, IOException {
    String id = needed(file, it, "id");
    if (!id.matches("[a-z0-9-]{1,64}")) {
      throw wrong(file, "id: " + id + " (expected small letters, digits and hyphens)");
    }
    String name = JSONObjectUtils.getString(it, "display_name");
    return new ProviderSettings(
        id,
        name == null ? id : name,
        URI.create(needed(file, it, "issuer")),
        needed(file, it, "client_id"),
        secret(file, it));
  }

  private static Optional<String> secret(Path file, Map<String, Object> it)
      throws ParseException, IOException {
    String path = JSONObjectUtils.getString(it, "client_secret_file");
    if (path != null) {
      return Optional.of(Files.readString(file.resolveSibling(path)).strip());
    }
    return Optional.ofNullable(JSONObjectUtils.getString(it, "client_secret"));
  }

  private static String needed(Path file, Map<String, Object> it, String name)
      throws ParseException {
    String value = JSONObjectUtils.getString(it, name);
    if (value == null || value.isBlank()) {
      throw wrong(file, "a provider has no " + name);
    }
    return value;
  }

  private static Failure wrong(Path file, String why) {
    return Failure.invalid("identity.open-id-file", file + " " + why);
  }
}
