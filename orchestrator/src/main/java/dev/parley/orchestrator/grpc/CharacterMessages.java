package dev.parley.orchestrator.grpc;

import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import dev.parley.orchestrator.character.AgentSettings;
import dev.parley.orchestrator.character.AgentType;
import dev.parley.orchestrator.character.AvatarSettings;
import dev.parley.orchestrator.character.Character;
import dev.parley.orchestrator.character.InterruptionMode;
import dev.parley.orchestrator.character.InterruptionRule;
import dev.parley.orchestrator.character.VoiceSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Characters between the contract and the domain; what is unset takes its default. */
final class CharacterMessages {
  private CharacterMessages() {}

  static dev.parley.character.v1.Character message(Character it) {
    var message =
        dev.parley.character.v1.Character.newBuilder()
            .setId(it.id())
            .setDisplayName(it.displayName())
            .setDescription(it.description())
            .setGreeting(it.greeting())
            .setLanguage(it.language())
            .addAllPersonaFacts(it.personaFacts())
            .setAgent(agent(it.agent()))
            .setVoice(
                dev.parley.character.v1.VoiceSettings.newBuilder()
                    .setVoiceId(it.voice().voiceId())
                    .setRate(it.voice().rate())
                    .setPitchSemitones(it.voice().pitchSemitones())
                    .setVolumeDb(it.voice().volumeDb()))
            .setAvatar(
                dev.parley.character.v1.AvatarSettings.newBuilder()
                    .setAvatarId(it.avatar().avatarId())
                    .setBackground(it.avatar().background())
                    .setFraming(it.avatar().framing()))
            .setInterruption(
                dev.parley.character.v1.InterruptionRule.newBuilder()
                    .setMode(
                        dev.parley.character.v1.InterruptionMode.valueOf(
                            "INTERRUPTION_MODE_" + it.interruption().mode()))
                    .setMinWords(it.interruption().minWords())
                    .setMinSpeechMs(it.interruption().minSpeechMs()))
            .setIdleTimeout(Durations.fromNanos(it.idleTimeout().toNanos()))
            .setVersion(it.version())
            .setCreateTime(Timestamps.fromMillis(it.createTime().toEpochMilli()))
            .setUpdateTime(Timestamps.fromMillis(it.updateTime().toEpochMilli()))
            .addAllCollectionIds(it.collectionIds())
            .setBuiltIn(it.builtIn());
    it.memoryRetention()
        .map(time -> Durations.fromNanos(time.toNanos()))
        .ifPresent(message::setMemoryRetention);
    return message.build();
  }

  private static dev.parley.character.v1.AgentSettings agent(AgentSettings it) {
    return dev.parley.character.v1.AgentSettings.newBuilder()
        .setType(dev.parley.character.v1.AgentType.valueOf("AGENT_TYPE_" + it.type()))
        .setModel(it.model())
        .setTemperature(it.temperature())
        .setSystemPrompt(it.systemPrompt())
        .setRetrieverK(it.retrieverK())
        .setChatHistoryLength(it.chatHistoryLength())
        .addAllTools(it.tools())
        .setMaxOutputTokens(it.maxOutputTokens())
        .build();
  }

  static Character character(dev.parley.character.v1.Character it) {
    return new Character(
        it.getId(),
        it.getDisplayName(),
        it.getDescription(),
        it.getGreeting(),
        it.getLanguage().isEmpty() ? "en-US" : it.getLanguage(),
        it.getPersonaFactsList(),
        agent(it.getAgent()),
        voice(it.getVoice()),
        avatar(it.getAvatar()),
        interruption(it.getInterruption()),
        it.hasIdleTimeout()
            ? Duration.ofNanos(Durations.toNanos(it.getIdleTimeout()))
            : Duration.ofMinutes(10),
        it.getCollectionIdsList(),
        it.hasMemoryRetention()
            ? Optional.of(
                Duration.ofSeconds(
                    it.getMemoryRetention().getSeconds(), it.getMemoryRetention().getNanos()))
            : Optional.empty(),
        it.getVersion(),
        Instant.EPOCH,
        Instant.EPOCH,
        false);
  }

  private static AgentSettings agent(dev.parley.character.v1.AgentSettings it) {
    AgentSettings unset = AgentSettings.DEFAULTS;
    AgentType type =
        switch (it.getType()) {
          case AGENT_TYPE_REACT -> AgentType.REACT;
          case AGENT_TYPE_TOOLS -> AgentType.TOOLS;
          default -> AgentType.RAG;
        };
    return new AgentSettings(
        type,
        it.getModel(),
        it.hasTemperature() ? it.getTemperature() : unset.temperature(),
        it.getSystemPrompt(),
        it.hasRetrieverK() ? it.getRetrieverK() : unset.retrieverK(),
        it.hasChatHistoryLength() ? it.getChatHistoryLength() : unset.chatHistoryLength(),
        it.getToolsList(),
        it.hasMaxOutputTokens() ? it.getMaxOutputTokens() : unset.maxOutputTokens());
  }

  private static VoiceSettings voice(dev.parley.character.v1.VoiceSettings it) {
    return new VoiceSettings(
        it.getVoiceId(), it.hasRate() ? it.getRate() : 1, it.getPitchSemitones(), it.getVolumeDb());
  }

  private static AvatarSettings avatar(dev.parley.character.v1.AvatarSettings it) {
    String framing = it.getFraming().isEmpty() ? "portrait" : it.getFraming();
    return new AvatarSettings(it.getAvatarId(), it.getBackground(), framing);
  }

  private static InterruptionRule interruption(dev.parley.character.v1.InterruptionRule it) {
    InterruptionMode mode =
        switch (it.getMode()) {
          case INTERRUPTION_MODE_BUTTON -> InterruptionMode.BUTTON;
          case INTERRUPTION_MODE_OFF -> InterruptionMode.OFF;
          default -> InterruptionMode.SPEECH;
        };
    return new InterruptionRule(
        mode,
        it.hasMinWords() ? it.getMinWords() : InterruptionRule.DEFAULTS.minWords(),
        it.hasMinSpeechMs() ? it.getMinSpeechMs() : InterruptionRule.DEFAULTS.minSpeechMs());
  }
}
