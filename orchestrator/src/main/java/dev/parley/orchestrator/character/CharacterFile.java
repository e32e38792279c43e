package dev.parley.orchestrator.character;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a character from text: lines of {@code key: value}, an empty line, then one persona fact a
 * line. Throws {@link IllegalArgumentException} that names the line or the key.
 */
final class CharacterFile {
  private final Map<String, String> settings = new LinkedHashMap<>();
  private final List<String> facts = new ArrayList<>();

  private CharacterFile(String text) {
    boolean heading = true;
    for (String line : text.lines().map(String::strip).toList()) {
      if (line.isEmpty()) {
        heading = false;
      } else if (heading) {
        setting(line);
      } else {
        facts.add(line);
      }
    }
  }

  static Character read(String id, String text, Instant made) {
    var file = new CharacterFile(text);
    Character read = file.character(id, made);
    if (!file.settings.isEmpty()) {
      throw new IllegalArgumentException(id + ": unknown " + file.settings.keySet());
    }
    List<String> violations = CharacterRules.violations(read);
    if (!violations.isEmpty()) {
      throw new IllegalArgumentException(id + ": " + String.join("; ", violations));
    }
    return read;
  }

  private void setting(String line) {
    int colon = line.indexOf(':');
    if (colon < 1) {
      throw new IllegalArgumentException(line + " (expected key: value)");
    }
    settings.put(line.substring(0, colon), line.substring(colon + 1).strip());
  }

  private Character character(String id, Instant made) {
    var mode = InterruptionMode.valueOf(take("interruption", "speech").toUpperCase(Locale.ROOT));
    var rule = InterruptionRule.DEFAULTS;
    return new Character(
        id,
        take("name", ""),
        take("description", ""),
        take("greeting", ""),
        take("language", "en-US"),
        facts,
        AgentSettings.DEFAULTS.withSystemPrompt(take("system_prompt", "")),
        new VoiceSettings(take("voice", ""), number("rate", 1), number("pitch", 0), 0),
        new AvatarSettings(take("avatar", ""), take("background", ""), take("framing", "portrait")),
        new InterruptionRule(mode, rule.minWords(), rule.minSpeechMs()),
        Duration.parse(take("idle_timeout", "PT10M")),
        // It cannot be changed, so it reads the collection that is called like it from the start.
        List.of(id),
        Optional.empty(),
        1,
        made,
        made,
        true);
  }

  private float number(String key, float unset) {
    return Float.parseFloat(take(key, Float.toString(unset)));
  }

  private String take(String key, String unset) {
    String value = settings.remove(key);
    return value == null ? unset : value;
  }
}
