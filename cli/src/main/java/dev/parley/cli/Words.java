package dev.parley.cli;

import dev.parley.conversation.v1.ServerEvent;

/** What an event looks like in the terminal; nothing for most. */
final class Words {
  private Words() {}

  static String of(ServerEvent event) {
    return switch (event.getEventCase()) {
      case WORD_SPOKEN -> event.getWordSpoken().getWord() + " ";
      case TRANSCRIPT ->
          event.getTranscript().getFinal() ? "you: " + event.getTranscript().getText() + "\n" : "";
      case INTERRUPTED -> "-- ";
      case TURN_COMPLETED -> "\n";
      case PROBLEM -> "! " + event.getProblem().getMessage() + "\n";
      case GO_AWAY -> "! " + event.getGoAway().getMessage() + "\n";
      case SESSION_ENDED -> "(the conversation is over)\n";
      default -> "";
    };
  }
}
