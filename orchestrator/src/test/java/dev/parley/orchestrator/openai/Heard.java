package dev.parley.orchestrator.openai;

import dev.parley.orchestrator.conversation.TokenSink;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Takes an answer down. */
final class Heard implements TokenSink {
  final List<String> tokens = new CopyOnWriteArrayList<>();
  final List<Integer> cited = new CopyOnWriteArrayList<>();
  volatile boolean cancelled;
  volatile String usage = "";
  volatile String fellBack = "";

  String text() {
    return String.join("", tokens);
  }

  @Override
  public void token(String text) {
    tokens.add(text);
  }

  @Override
  public void cites(int number, String quote) {
    cited.add(number);
  }

  @Override
  public void usage(int inputTokens, int outputTokens) {
    usage = inputTokens + "/" + outputTokens;
  }

  @Override
  public void fellBack(String name, String cause) {
    fellBack = name + ": " + cause;
  }

  @Override
  public boolean cancelled() {
    return cancelled;
  }
}
