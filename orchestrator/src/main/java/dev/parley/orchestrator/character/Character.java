package dev.parley.orchestrator.character;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Somebody to talk to. Immutable; every change is a new version.
 *
 * @param id slug of lower-case letters, digits and hyphens, unique in the organisation
 * @param displayName what it is called
 * @param description one line about it
 * @param greeting what it says first; empty says nothing
 * @param language BCP 47
 * @param personaFacts sentences about itself, in the first person, that it may quote
 * @param agent how it thinks
 * @param voice how it sounds
 * @param avatar how it looks
 * @param interruption how it may be interrupted
 * @param idleTimeout a session ends after so long without input; zero means never
 * @param collectionIds collections of documents it has read
 * @param memoryRetention what it remembers of a person for so long unless pinned; empty means for
 *     ever
 * @param version rises by one with every change, from 1
 * @param createTime when it was made
 * @param updateTime when it was last changed
 * @param builtIn whether it ships with the product; such a one can be copied, not changed
 */
public record Character(
    String id,
    String displayName,
    String description,
    String greeting,
    String language,
    List<String> personaFacts,
    AgentSettings agent,
    VoiceSettings voice,
    AvatarSettings avatar,
    InterruptionRule interruption,
    Duration idleTimeout,
    List<String> collectionIds,
    Optional<Duration> memoryRetention,
    long version,
    Instant createTime,
    Instant updateTime,
    boolean builtIn) {
  /** Most collections that one reads. */
  static final int MOST_COLLECTIONS = 64;

  /** Stored characters from before they read documents have no collections and no retention. */
  public Character {
    personaFacts = List.copyOf(personaFacts);
    collectionIds = List.copyOf(Objects.requireNonNullElse(collectionIds, List.of()));
    memoryRetention = Objects.requireNonNullElse(memoryRetention, Optional.empty());
  }

  /** A character of that id and name with every setting at its default. */
  public static Character named(String id, String displayName) {
    return new Character(
        id,
        displayName,
        "",
        "",
        "en-US",
        List.of(),
        AgentSettings.DEFAULTS,
        VoiceSettings.DEFAULTS,
        AvatarSettings.DEFAULTS,
        InterruptionRule.DEFAULTS,
        Duration.ofMinutes(10),
        List.of(),
        Optional.empty(),
        1,
        Instant.EPOCH,
        Instant.EPOCH,
        false);
  }

  /** The same content as a person's own character with that identity and those times. */
  public Character stamped(String newId, long newVersion, Instant created, Instant updated) {
    return new Character(
        newId,
        displayName,
        description,
        greeting,
        language,
        personaFacts,
        agent,
        voice,
        avatar,
        interruption,
        idleTimeout,
        collectionIds,
        memoryRetention,
        newVersion,
        created,
        updated,
        false);
  }

  /** The same that has read those collections and remembers for so long. */
  public Character knowing(List<String> newCollectionIds, Optional<Duration> newRetention) {
    return new Character(
        id,
        displayName,
        description,
        greeting,
        language,
        personaFacts,
        agent,
        voice,
        avatar,
        interruption,
        idleTimeout,
        newCollectionIds,
        newRetention,
        version,
        createTime,
        updateTime,
        builtIn);
  }

  /** The same that reads the collection of its own id before the others it reads. */
  Character readingItsOwn() {
    if (collectionIds.isEmpty() || collectionIds.contains(id)) {
      return this;
    }
    var all = new ArrayList<>(List.of(id));
    all.addAll(collectionIds.subList(0, Math.min(MOST_COLLECTIONS - 1, collectionIds.size())));
    return knowing(all, memoryRetention);
  }

  /** The same with that voice. */
  public Character speaking(VoiceSettings newVoice) {
    return new Character(
        id,
        displayName,
        description,
        greeting,
        language,
        personaFacts,
        agent,
        newVoice,
        avatar,
        interruption,
        idleTimeout,
        collectionIds,
        memoryRetention,
        version,
        createTime,
        updateTime,
        builtIn);
  }

  /** The same, marked as shipped with the product. */
  public Character asBuiltIn() {
    return new Character(
        id,
        displayName,
        description,
        greeting,
        language,
        personaFacts,
        agent,
        voice,
        avatar,
        interruption,
        idleTimeout,
        collectionIds,
        memoryRetention,
        version,
        createTime,
        updateTime,
        true);
  }

  /** What a model is told first: the prompt as written, else one made from the persona. */
  public String systemPrompt() {
    if (!agent.systemPrompt().isBlank()) {
      return agent.systemPrompt();
    }
    String about = description.isBlank() ? "" : " " + description;
    return "You are "
        + displayName
        + "."
        + about
        + " You talk aloud: answer in two or three short spoken sentences, without lists,"
        + " headings or emoji, and say so when you do not know.";
  }
}
