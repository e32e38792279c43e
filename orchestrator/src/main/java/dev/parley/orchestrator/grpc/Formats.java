package dev.parley.orchestrator.grpc;

import dev.parley.conversation.v1.FaceFormat;
import dev.parley.conversation.v1.SessionStart;
import dev.parley.conversation.v1.SessionStarted;
import dev.parley.conversation.v1.VideoFormat;
import dev.parley.orchestrator.conversation.Listener.Encoding;
import dev.parley.orchestrator.conversation.Parts;
import dev.parley.orchestrator.conversation.Session;
import dev.parley.orchestrator.conversation.SessionFormats;
import dev.parley.orchestrator.conversation.Tier;
import dev.parley.type.v1.AudioEncoding;
import dev.parley.type.v1.AudioFormat;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Negotiates formats: what was asked for, as far as it can be given. */
final class Formats {
  private static final Set<Integer> OPUS_RATES = Set.of(8000, 12_000, 16_000, 24_000, 48_000);

  private Formats() {}

  static SessionFormats asked(SessionStart start) {
    SessionFormats d = SessionFormats.DEFAULTS;
    VideoFormat v = start.getVideo();
    boolean opus = start.getOutputAudio().getEncoding() == AudioEncoding.AUDIO_ENCODING_OPUS;
    int outputRateHz = or(start.getOutputAudio().getSampleRateHz(), d.outputRateHz());
    return new SessionFormats(
        encoding(start.getInputAudio(), Encoding.PCM),
        or(start.getInputAudio().getSampleRateHz(), d.inputRateHz()),
        opus && !OPUS_RATES.contains(outputRateHz) ? d.outputRateHz() : outputRateHz,
        opus,
        or(start.getFaceRateHz(), or(v.getFrameRateHz(), d.faceRateHz())),
        or(v.getWidth(), d.width()),
        or(v.getHeight(), d.height()),
        v.getBackground(),
        v.getFraming(),
        tiers(start.getTiersList()));
  }

  static Encoding encoding(AudioFormat format, Encoding otherwise) {
    return switch (format.getEncoding()) {
      case AUDIO_ENCODING_PCM_S16LE -> Encoding.PCM;
      case AUDIO_ENCODING_OPUS -> Encoding.OPUS;
      case AUDIO_ENCODING_WAV -> Encoding.WAV;
      case AUDIO_ENCODING_MP3 -> Encoding.MP3;
      case AUDIO_ENCODING_OGG_OPUS -> Encoding.OGG_OPUS;
      case AUDIO_ENCODING_CONTAINER -> Encoding.CONTAINER;
      case AUDIO_ENCODING_UNSPECIFIED, UNRECOGNIZED -> otherwise;
    };
  }

  static Set<Tier> tiers(List<dev.parley.conversation.v1.Tier> asked) {
    Set<Tier> tiers = EnumSet.of(Tier.TEXT);
    for (var tier : asked) {
      switch (tier) {
        case TIER_AUDIO -> tiers.add(Tier.AUDIO);
        case TIER_FACE -> tiers.add(Tier.FACE);
        case TIER_VIDEO -> tiers.add(Tier.VIDEO);
        default -> {}
      }
    }
    if (asked.isEmpty()) {
      tiers.add(Tier.AUDIO);
    }
    return tiers;
  }

  static SessionStarted started(
      Session session,
      Set<Tier> tiers,
      String clientId,
      boolean speaker,
      Parts parts,
      List<String> blendshapes) {
    SessionFormats f = session.formats();
    var window = parts.settings().window();
    long replayBytes = parts.journal().isPresent() ? window.mediaBytes() : window.hadBytes();
    var character = session.character();
    SessionStarted.Builder started =
        SessionStarted.newBuilder()
            .setSessionId(session.record().id())
            .setCharacterId(character.id())
            .setCharacterName(character.displayName())
            .setResumeToken(speaker ? session.record().resumeToken() : "")
            .setLanguage(session.record().language())
            .setInputAudio(pcm(f.inputRateHz()).setEncoding(wire(f.inputEncoding())))
            .setOutputAudio(
                pcm(f.outputRateHz()).setEncoding(wire(f.opus() ? Encoding.OPUS : Encoding.PCM)))
            .setFace(
                FaceFormat.newBuilder()
                    .addAllBlendshapes(blendshapes)
                    .setFrameRateHz(f.faceRateHz()))
            .setSpeaker(speaker)
            .setClientId(clientId)
            .setReplayWindow(Times.duration(Duration.ofNanos(window.eventNanos())))
            .setReplayBytes(replayBytes)
            .setIdleTimeout(Times.duration(character.idleTimeout()))
            .setAvatarId(character.avatar().avatarId());
    for (Tier tier : tiers) {
      started.addTiers(dev.parley.conversation.v1.Tier.valueOf("TIER_" + tier.name()));
    }
    if (tiers.contains(Tier.VIDEO)) {
      started.setVideo(
          VideoFormat.newBuilder()
              .setWidth(f.width())
              .setHeight(f.height())
              .setFrameRateHz(f.faceRateHz())
              .setBackground(f.backgroundFor(character))
              .setFraming(f.framingFor(character)));
    }
    return started.build();
  }

  private static AudioFormat.Builder pcm(int rateHz) {
    return AudioFormat.newBuilder()
        .setEncoding(AudioEncoding.AUDIO_ENCODING_PCM_S16LE)
        .setSampleRateHz(rateHz)
        .setChannels(1);
  }

  private static AudioEncoding wire(Encoding encoding) {
    return encoding == Encoding.PCM
        ? AudioEncoding.AUDIO_ENCODING_PCM_S16LE
        : AudioEncoding.valueOf("AUDIO_ENCODING_" + encoding.name());
  }

  private static int or(int value, int otherwise) {
    return value == 0 ? otherwise : value;
  }
}
