package dev.parley.orchestrator.grpc;

import dev.parley.conversation.v1.ClientEvent;
import dev.parley.kit.failure.Failure;
import dev.parley.orchestrator.conversation.Input;

/** What a client sends, as the domain takes it. */
final class Inputs {
  private Inputs() {}

  static Input of(ClientEvent e) {
    return new Input(e.getClientSeq(), act(e));
  }

  private static Input.Act act(ClientEvent e) {
    return switch (e.getEventCase()) {
      case AUDIO_CHUNK -> new Input.Act.Audio(e.getAudioChunk().getData().toByteArray());
      case TEXT_INPUT -> new Input.Act.Text(e.getTextInput().getText());
      case END_OF_INPUT -> new Input.Act.EndOfInput();
      case INTERRUPT -> {
        var i = e.getInterrupt();
        yield new Input.Act.Interrupt(i.getTurnId(), i.hasHeardUs() ? i.getHeardUs() : -1);
      }
      case PLAYBACK_ACK ->
          new Input.Act.Played(e.getPlaybackAck().getTurnId(), e.getPlaybackAck().getPlayedUs());
      case PING -> new Input.Act.Ping();
      case END_SESSION -> new Input.Act.End();
      case SESSION_START ->
          unusable("OUT_OF_ORDER", "session_start: not the first event (expected first and once)");
      case TOOL_RESULT -> unusable("OUT_OF_ORDER", "tool_result: no such call is open");
      case EVENT_NOT_SET -> unusable("INVALID_ARGUMENT", "event: unset (expected one)");
    };
  }

  private static Input.Act unusable(String reason, String message) {
    return new Input.Act.Unusable(Failure.of(Failure.Code.FAILED_PRECONDITION, reason, message));
  }
}
