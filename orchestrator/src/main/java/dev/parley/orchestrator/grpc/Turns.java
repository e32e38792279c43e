package dev.parley.orchestrator.grpc;

import dev.parley.conversation.v1.HeardBy;
import dev.parley.conversation.v1.LeftOut;
import dev.parley.conversation.v1.Recalled;
import dev.parley.conversation.v1.RecalledKind;
import dev.parley.conversation.v1.Receipt;
import dev.parley.conversation.v1.Session;
import dev.parley.conversation.v1.Stage;
import dev.parley.conversation.v1.Turn;
import dev.parley.conversation.v1.TurnState;
import dev.parley.orchestrator.conversation.SessionRecord;
import dev.parley.orchestrator.conversation.TurnRecord;

/** Sessions, turns and receipts as the contract writes them. */
final class Turns {
  private Turns() {}

  static TurnState state(dev.parley.orchestrator.conversation.TurnState state) {
    return TurnState.valueOf("TURN_STATE_" + state.name());
  }

  static Session session(SessionRecord s, boolean live) {
    return Session.newBuilder()
        .setId(s.id())
        .setCharacterId(s.characterId())
        .setTitle(s.title())
        .setCreateTime(Times.timestamp(s.createTime()))
        .setUpdateTime(Times.timestamp(s.updateTime()))
        .setTurnCount(s.turnCount())
        .setLive(live)
        .build();
  }

  static Turn turn(TurnRecord t) {
    Turn.Builder turn =
        Turn.newBuilder()
            .setId(t.id())
            .setSessionId(t.sessionId())
            .setCharacterId(t.characterId())
            .setState(state(t.state()))
            .setInputText(t.inputText())
            .setSpokenInput(t.spokenInput())
            .setReplyText(t.replyText())
            .setCutText(t.cutText())
            .addAllWords(Times.words(t.words()))
            .addAllCitations(t.citations().stream().map(Citations::message).toList())
            .setMediaDuration(Times.duration(t.mediaDuration()))
            .setCreateTime(Times.timestamp(t.createTime()));
    t.endTime().ifPresent(end -> turn.setEndTime(Times.timestamp(end)));
    t.receipt().ifPresent(r -> turn.setReceipt(receipt(r)));
    if (!t.mediaDuration().isZero()) {
      String at = "/v1/turns/" + t.id();
      turn.setAudioUri(at + "/audio").setVideoUri(at + "/video").setCaptionsUri(at + "/captions");
    }
    return turn.build();
  }

  static Receipt receipt(dev.parley.orchestrator.conversation.Receipt r) {
    Receipt.Builder receipt =
        Receipt.newBuilder()
            .setThinker(r.thinker())
            .setVoiceId(r.voiceId())
            .setHeardBy(HeardBy.valueOf("HEARD_BY_" + r.heardBy().name()))
            .setWordsHeard(r.wordsHeard())
            .setWordsCut(r.wordsCut())
            .setInputTokens(r.inputTokens())
            .setOutputTokens(r.outputTokens())
            .setSeed(r.seed());
    r.firstAudio().ifPresent(d -> receipt.setFirstAudio(Times.duration(d)));
    r.firstFace().ifPresent(d -> receipt.setFirstFace(Times.duration(d)));
    for (var s : r.stages()) {
      Stage.Builder stage =
          receipt
              .addStagesBuilder()
              .setName(s.name())
              .setStart(Times.duration(s.start()))
              .setDuration(Times.duration(s.duration()))
              .setEngine(s.engine());
      s.firstResult().ifPresent(d -> stage.setFirstResult(Times.duration(d)));
    }
    for (var m : r.recalled()) {
      receipt.addRecalled(
          Recalled.newBuilder()
              .setMemoryId(m.memoryId())
              .setKind(RecalledKind.valueOf("RECALLED_KIND_" + m.kind().name()))
              .setText(m.text())
              .setScore(m.score()));
    }
    for (var l : r.leftOut()) {
      receipt.addLeftOut(LeftOut.newBuilder().setPart(l.part()).setCause(l.cause()));
    }
    return receipt.build();
  }
}
