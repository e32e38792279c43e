package dev.parley.orchestrator.character;

import java.time.Duration;
import java.util.ArrayList;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What a character must obey; every violation shows the value and the expectation. */
public final class CharacterRules {
  private static final Pattern SLUG = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
  private static final Pattern COLOUR = Pattern.compile("(#[0-9a-fA-F]{6})?");
  private static final Duration LONGEST_IDLE = Duration.ofHours(24);
  private static final Duration SHORTEST_RETENTION = Duration.ofHours(1);
  private static final Duration LONGEST_RETENTION = Duration.ofDays(36_500);

  private final List<String> violations = new ArrayList<>();

  private CharacterRules() {}

  /**
   * Violations of a character, each as {@code field: value (expected …)}; empty when it is fine.
   */
  public static List<String> violations(Character it) {
    var rules = new CharacterRules();
    rules.identity(it);
    rules.agent(it.agent());
    rules.voice(it.voice());
    rules.look(it.avatar());
    rules.manners(it);
    rules.knowledge(it);
    return List.copyOf(rules.violations);
  }

  /** Whether this can be the id of a character. */
  public static boolean isSlug(String id) {
    return SLUG.matcher(id).matches();
  }

  private void identity(Character it) {
    expect(isSlug(it.id()), "id", it.id(), "1 to 63 lower-case letters, digits and hyphens");
    text("display_name", it.displayName(), 1, 80);
    text("description", it.description(), 0, 500);
    text("greeting", it.greeting(), 0, 1000);
    expect(isLanguage(it.language()), "language", it.language(), "BCP 47, as en-US");
    expect(
        it.personaFacts().size() <= 200,
        "persona_facts",
        it.personaFacts().size() + " facts",
        "at most 200");
    for (int i = 0; i < it.personaFacts().size(); i++) {
      text("persona_facts[" + i + "]", it.personaFacts().get(i), 1, 500);
    }
  }

  private void agent(AgentSettings it) {
    text("agent.model", it.model(), 0, 200);
    text("agent.system_prompt", it.systemPrompt(), 0, 20_000);
    range("agent.temperature", it.temperature(), 0, 2);
    range("agent.retriever_k", it.retrieverK(), 0, 50);
    range("agent.chat_history_length", it.chatHistoryLength(), 0, 100);
    range("agent.max_output_tokens", it.maxOutputTokens(), 1, 8192);
    expect(it.tools().size() <= 32, "agent.tools", it.tools().size() + " tools", "at most 32");
  }

  private void voice(VoiceSettings it) {
    range("voice.rate", it.rate(), 0.5, 2);
    range("voice.pitch_semitones", it.pitchSemitones(), -12, 12);
    range("voice.volume_db", it.volumeDb(), -20, 12);
  }

  private void look(AvatarSettings it) {
    expect(
        COLOUR.matcher(it.background()).matches(),
        "avatar.background",
        it.background(),
        "#rrggbb or empty");
    expect(
        it.framing().equals("portrait") || it.framing().equals("close"),
        "avatar.framing",
        it.framing(),
        "portrait or close");
  }

  private void manners(Character it) {
    range("interruption.min_words", it.interruption().minWords(), 0, 10);
    range("interruption.min_speech_ms", it.interruption().minSpeechMs(), 0, 5000);
    Duration idle = it.idleTimeout();
    expect(
        !idle.isNegative() && idle.compareTo(LONGEST_IDLE) <= 0,
        "idle_timeout",
        idle.toString(),
        "PT0S (never) to PT24H");
  }

  private void knowledge(Character it) {
    List<String> ids = it.collectionIds();
    expect(
        ids.size() <= Character.MOST_COLLECTIONS,
        "collection_ids",
        ids.size() + " collections",
        "at most " + Character.MOST_COLLECTIONS);
    expect(Set.copyOf(ids).size() == ids.size(), "collection_ids", "one twice", "each once");
    for (int i = 0; i < ids.size(); i++) {
      String field = "collection_ids[" + i + "]";
      expect(isSlug(ids.get(i)), field, ids.get(i), "the id of a collection");
    }
    it.memoryRetention()
        .ifPresent(time ->
            expect(
                time.compareTo(SHORTEST_RETENTION) >= 0 && time.compareTo(LONGEST_RETENTION) <= 0,
                "memory_retention",
                time.toString(),
                "PT1H to P36500D, or unset for ever"));
  }

  private void range(String field, double value, double least, double most) {
    expect(
        value >= least && value <= most, field, plain(value), plain(least) + " to " + plain(most));
  }

  private void text(String field, String value, int least, int most) {
    int length = value.codePointCount(0, value.length());
    boolean fits = length <= most && (least == 0 || !value.isBlank());
    expect(
        fits, field, length + " characters", least + " to " + most + ", not blank".repeat(least));
    boolean plain = value.chars().noneMatch(c -> c < ' ' && c != '\n' && c != '\t' && c != '\r');
    expect(plain, field, "control characters", "text");
  }

  private void expect(boolean holds, String field, String value, String expected) {
    if (!holds) {
      violations.add(field + ": " + value + " (expected " + expected + ")");
    }
  }

  private static String plain(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }

  private static boolean isLanguage(String tag) {
    try {
      return !new Locale.Builder().setLanguageTag(tag).build().getLanguage().isEmpty();
    } catch (IllformedLocaleException e) {
      return false;
    }
  }
}
