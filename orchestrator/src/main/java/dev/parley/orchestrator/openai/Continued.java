package dev.parley.orchestrator.openai;

import dev.parley.orchestrator.conversation.TokenSink;

/**
 * An answer that goes on after a part that was said before: what the model repeats of that part is
 * left out, and a blank stands between the two where one belongs. One thread at a time.
 */
final class Continued implements TokenSink {
  private static final int LONGEST_REPEATED = 120;
  private static final int SHORTEST_REPEATED = 4;
  private final String said;
  private final TokenSink sink;
  private final StringBuilder held = new StringBuilder();
  private boolean joined;

  Continued(String said, TokenSink sink) {
    this.said = said;
    this.sink = sink;
  }

  @Override
  public void token(String text) {
    if (joined) {
      sink.token(text);
      return;
    }
    held.append(text);
    if (held.length() >= LONGEST_REPEATED || !said.contains(held.toString().strip())) {
      join();
    }
  }

  /** No more tokens come. */
  void end() {
    if (!joined && !held.isEmpty()) {
      join();
    }
  }

  private void join() {
    joined = true;
    String fresh = held.toString();
    for (int n = Math.min(fresh.length(), said.length()); n >= SHORTEST_REPEATED; n--) {
      if (said.endsWith(fresh.substring(0, n))) {
        sink.token(fresh.substring(n));
        return;
      }
    }
    sink.token(blank(fresh) ? " " + fresh : fresh);
  }

  /** Tokens of models begin with their blank, so a part that was cut off ends with a word. */
  private boolean blank(String fresh) {
    boolean apart = Character.isWhitespace(said.charAt(said.length() - 1));
    return !apart && !fresh.isEmpty() && Character.isLetterOrDigit(fresh.charAt(0));
  }

  @Override
  public void cites(int number, String quote) {
    if (!joined) {
      join();
    }
    sink.cites(number, quote);
  }

  @Override
  public void usage(int inputTokens, int outputTokens) {
    sink.usage(inputTokens, outputTokens);
  }

  @Override
  public void fellBack(String name, String cause) {
    sink.fellBack(name, cause);
  }

  @Override
  public boolean cancelled() {
    return sink.cancelled();
  }
}
