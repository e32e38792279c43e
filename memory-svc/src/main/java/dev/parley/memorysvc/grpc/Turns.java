package dev.parley.memorysvc.grpc;

import com.google.protobuf.Timestamp;
import dev.parley.memory.v1.Memory;
import dev.parley.memory.v1.RememberedTurn;
import dev.parley.memory.v1.Vector;
import java.time.Instant;
import java.time.InstantSource;

/** Turns, memories and vectors, between the contract and the domain. */
final class Turns {
  private Turns() {}

  static dev.parley.memorysvc.recollection.RememberedTurn turn(
      RememberedTurn turn, String characterId, InstantSource clock) {
    return new dev.parley.memorysvc.recollection.RememberedTurn(
        turn.getTurnId(),
        turn.getSessionId(),
        characterId,
        turn.getPersonText(),
        turn.getCharacterText(),
        turn.hasTime()
            ? Instant.ofEpochSecond(turn.getTime().getSeconds(), turn.getTime().getNanos())
            : clock.instant());
  }

  static RememberedTurn turn(dev.parley.memorysvc.recollection.RememberedTurn turn) {
    return RememberedTurn.newBuilder()
        .setTurnId(turn.turnId())
        .setSessionId(turn.sessionId())
        .setPersonText(turn.personText())
        .setCharacterText(turn.characterText())
        .setTime(timestamp(turn.time()))
        .build();
  }

  static Memory memory(dev.parley.memorysvc.recollection.Memory memory) {
    return Memory.newBuilder()
        .setId(memory.id())
        .setPersonText(memory.turn().personText())
        .setCharacterText(memory.turn().characterText())
        .setScore((float) memory.score())
        .setTime(timestamp(memory.turn().time()))
        .setTurnId(memory.turn().turnId())
        .setSessionId(memory.turn().sessionId())
        .setKind(ItemMessages.kind(memory.item().kind()))
        .setRank((float) memory.rank())
        .build();
  }

  static Vector vector(dev.parley.memorysvc.embedding.Vector vector) {
    Vector.Builder values = Vector.newBuilder();
    for (float value : vector.values()) {
      values.addValues(value);
    }
    return values.build();
  }

  static Timestamp timestamp(Instant time) {
    return Timestamp.newBuilder()
        .setSeconds(time.getEpochSecond())
        .setNanos(time.getNano())
        .build();
  }
}
