package dev.parley.kit.settings;

import dev.parley.kit.failure.Failure;
import io.smallrye.config.ConfigMappings;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Typed settings from flags ({@code --speech.voice=slt}), the environment ({@code
 * PARLEY_SPEECH_VOICE}), a properties file ({@code --settings=FILE}) and defaults, in that order.
 * Each module declares an interface with {@code @ConfigMapping(prefix = "...")}; a name that no
 * interface knows, or a value that does not fit, is a {@link Failure} at start that names it.
 */
public final class Settings {
  /** Ends the name under which a list's elements would be set one by one; it is set as a whole. */
  private static final String ELEMENT = "[*]";

  private static final String ENVIRONMENT_PREFIX = "PARLEY_";
  private final SmallRyeConfig config;

  private Settings(SmallRyeConfig config) {
    this.config = config;
  }

  /**
   * Reads all settings.
   *
   * @param arguments of the command line; only {@code --name=value} is accepted
   * @param environment as of {@link System#getenv()}
   * @param mappings interfaces that declare what is known
   */
  public static Settings load(
      List<String> arguments, Map<String, String> environment, List<Class<?>> mappings) {
    Map<String, String> flags = flags(arguments);
    Map<String, String> file = file(flags.remove("settings"));
    Map<String, String> fromEnvironment = environment(environment);
    SortedSet<String> known = known(mappings);
    refuseUnknown(known, flags.keySet());
    refuseUnknown(known, file.keySet());
    refuseUnknown(known, ours(fromEnvironment.keySet(), known));
    SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder();
    builder.withSources(new PropertiesConfigSource(flags, "command line", 400));
    builder.withSources(new PropertiesConfigSource(fromEnvironment, "environment", 300));
    builder.withSources(new PropertiesConfigSource(file, "settings file", 200));
    mappings.forEach(builder::withMapping);
    try {
      return new Settings(builder.build());
    } catch (io.smallrye.config.ConfigValidationException e) {
      List<String> problems = new ArrayList<>();
      for (int i = 0; i < e.getProblemCount(); i++) {
        problems.add(e.getProblem(i).getMessage());
      }
      throw Failure.of(
          Failure.Code.INVALID_ARGUMENT, "INVALID_ARGUMENT", String.join("; ", problems));
    }
  }

  /** The values of one interface. */
  public <T> T of(Class<T> mapping) {
    return config.getConfigMapping(mapping);
  }

  private static Map<String, String> flags(List<String> arguments) {
    Map<String, String> flags = new HashMap<>();
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      if (!argument.startsWith("--") || equals < 0) {
        throw Failure.invalid(argument, "expected --name=value");
      }
      flags.put(argument.substring(2, equals), argument.substring(equals + 1));
    }
    return flags;
  }

  private static Map<String, String> file(String path) {
    if (path == null) {
      return Map.of();
    }
    Properties properties = new Properties();
    try (var reader = Files.newBufferedReader(Path.of(path))) {
      properties.load(reader);
    } catch (IOException e) {
      throw Failure.invalid("settings", path + " cannot be read: " + e.getMessage());
    }
    return properties.stringPropertyNames().stream()
        .collect(Collectors.toMap(name -> name, properties::getProperty));
  }

  private static Map<String, String> environment(Map<String, String> environment) {
    Map<String, String> named = new HashMap<>();
    environment.forEach((name, value) -> {
      if (name.startsWith(ENVIRONMENT_PREFIX)) {
        // PARLEY_SPEECH_VOICE_DIR is speech.voice-dir; one word alone is the launcher's.
        String rest = name.substring(ENVIRONMENT_PREFIX.length()).toLowerCase(Locale.ROOT);
        String[] parts = rest.split("_", 2);
        if (parts.length == 2) {
          named.put(parts[0] + "." + parts[1].replace('_', '-'), value);
        }
      }
    });
    return named;
  }

  /** The names of all settings that these interfaces declare, in order. */
  public static SortedSet<String> known(List<Class<?>> mappings) {
    SortedSet<String> known = new TreeSet<>();
    for (Class<?> mapping : mappings) {
      known.addAll(
          ConfigMappings.getProperties(ConfigMappings.ConfigClass.configClass(mapping)).keySet());
    }
    known.removeIf(name -> name.endsWith(ELEMENT));
    return known;
  }

  /** Of the environment's names, those that begin as a setting does; others may be anybody's. */
  private static Set<String> ours(Set<String> names, SortedSet<String> known) {
    Set<String> prefixes =
        known.stream().map(Settings::prefix).collect(Collectors.toUnmodifiableSet());
    return names.stream()
        .filter(name -> prefixes.contains(prefix(name)))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static String prefix(String name) {
    return name.substring(0, name.indexOf('.') + 1);
  }

  private static void refuseUnknown(SortedSet<String> known, Set<String> names) {
    for (String name : names) {
      if (!known.contains(name)) {
        throw Failure.invalid(name, "unknown setting (expected one of " + known + ")");
      }
    }
  }
}
