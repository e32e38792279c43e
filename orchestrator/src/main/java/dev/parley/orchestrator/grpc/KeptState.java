package dev.parley.orchestrator.grpc;

import com.google.protobuf.Timestamp;
import dev.parley.conversation.v1.KeptClient;
import dev.parley.conversation.v1.KeptMark;
import dev.parley.conversation.v1.KeptPerformance;
import dev.parley.conversation.v1.KeptSession;
import dev.parley.conversation.v1.KeptTurn;
import dev.parley.kit.identity.Owner;
import dev.parley.orchestrator.character.VoiceSettings;
import dev.parley.orchestrator.conversation.SessionRecord;
import dev.parley.orchestrator.conversation.SessionState;
import dev.parley.orchestrator.conversation.Tier;
import dev.parley.orchestrator.conversation.TurnRequest;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The state of a live session between the domain and what the shared log keeps. */
final class KeptState {
  private KeptState() {}

  static KeptSession message(SessionState state) {
    SessionRecord r = state.record();
    var kept =
        KeptSession.newBuilder()
            .setOwner(
                dev.parley.type.v1.Owner.newBuilder()
                    .setOrganisationId(r.owner().organisationId())
                    .setPersonId(r.owner().personId()))
            .setSessionId(r.id())
            .setCharacterId(r.characterId())
            .setTitle(r.title())
            .setLanguage(r.language())
            .setResumeToken(r.resumeToken())
            .setSettings(r.settings())
            .setCreateTime(
                Timestamp.newBuilder()
                    .setSeconds(r.createTime().getEpochSecond())
                    .setNanos(r.createTime().getNano()));
    state
        .taken()
        .forEach((id, seq) ->
            kept.addClients(KeptClient.newBuilder().setClientId(id).setTakenClientSeq(seq)));
    state.waiting().forEach(it -> kept.addWaiting(turn(it)));
    state.underway().map(KeptState::performance).ifPresent(kept::setUnderway);
    return kept.build();
  }

  private static KeptTurn turn(TurnRequest it) {
    var turn =
        KeptTurn.newBuilder()
            .setTurnId(it.turnId())
            .setInputText(it.input())
            .setSpoken(it.spoken())
            .setFixedReply(it.fixedReply())
            .setPaced(it.paced())
            .setRequestId(it.requestId());
    for (Tier tier : it.tiers()) {
      turn.addTiers(dev.parley.conversation.v1.Tier.valueOf("TIER_" + tier.name()));
    }
    return turn.build();
  }

  private static KeptPerformance performance(SessionState.Underway it) {
    var kept =
        KeptPerformance.newBuilder()
            .setTurn(turn(it.request()))
            .setVoiceId(it.voice().voiceId())
            .setRate(it.voice().rate())
            .setPitchSemitones(it.voice().pitchSemitones())
            .setVolumeDb(it.voice().volumeDb())
            .setThought(it.thought())
            .setFailed(it.failed())
            .setThinker(it.thinker())
            .setInputTokens(it.inputTokens())
            .setOutputTokens(it.outputTokens());
    if (it.playedUs() >= 0) {
      kept.setPlayedUs(it.playedUs());
    }
    for (SessionState.Mark mark : it.marks()) {
      kept.addMarks(
          KeptMark.newBuilder()
              .setCitation(Citations.message(mark.citation()))
              .setPosition(mark.position()));
    }
    return kept.build();
  }

  static SessionState state(KeptSession kept) {
    return new SessionState(
        record(kept),
        kept.getClientsList().stream()
            .collect(Collectors.toMap(KeptClient::getClientId, KeptClient::getTakenClientSeq)),
        kept.getWaitingList().stream().map(KeptState::request).toList(),
        kept.hasUnderway() ? Optional.of(underway(kept.getUnderway())) : Optional.empty());
  }

  private static SessionRecord record(KeptSession kept) {
    var time = kept.getCreateTime();
    Instant created = Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
    return new SessionRecord(
        kept.getSessionId(),
        new Owner(kept.getOwner().getOrganisationId(), kept.getOwner().getPersonId()),
        kept.getCharacterId(),
        kept.getTitle(),
        kept.getLanguage(),
        kept.getResumeToken(),
        "",
        kept.getSettings(),
        created,
        created,
        0,
        false);
  }

  private static TurnRequest request(KeptTurn it) {
    Set<Tier> tiers = it.getTiersCount() == 0 ? Set.of() : Formats.tiers(it.getTiersList());
    return new TurnRequest(
        it.getTurnId(),
        it.getInputText(),
        it.getSpoken(),
        it.getFixedReply(),
        it.getPaced(),
        tiers,
        it.getRequestId());
  }

  private static SessionState.Underway underway(KeptPerformance it) {
    return new SessionState.Underway(
        request(it.getTurn()),
        new VoiceSettings(it.getVoiceId(), it.getRate(), it.getPitchSemitones(), it.getVolumeDb()),
        it.getThought(),
        it.getFailed(),
        it.getThinker(),
        it.getInputTokens(),
        it.getOutputTokens(),
        it.hasPlayedUs() ? it.getPlayedUs() : -1,
        it.getMarksList().stream()
            .map(m -> new SessionState.Mark(Citations.citation(m.getCitation()), m.getPosition()))
            .toList());
  }
}
