package dev.parley.orchestrator.identity;

import java.util.List;
import java.util.function.BooleanSupplier;

/** Keeps letters in a list. */
record CollectedPost(List<Letter> letters, BooleanSupplier delivering) implements Post {
  @Override
  public boolean delivers() {
    return delivering.getAsBoolean();
  }

  @Override
  public void send(Letter letter) {
    letters.add(letter);
  }
}
