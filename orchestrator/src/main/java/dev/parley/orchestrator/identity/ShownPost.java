package dev.parley.orchestrator.identity;

import java.util.function.Consumer;

/**
 * Where no mail is set up: shows letters to the operator, who hands them over. They hold tokens, so
 * they go to the console and into no log.
 */
public final class ShownPost implements Post {
  private final Consumer<String> console;

  /** Shows them there. */
  public ShownPost(Consumer<String> console) {
    this.console = console;
  }

  @Override
  public boolean delivers() {
    return false;
  }

  @Override
  public void send(Letter letter) {
    String text = letter.text().strip().replace("\n", "\n  | ");
    console.accept("no mail is set up; for " + letter.to() + ":\n  | " + text);
  }
}
