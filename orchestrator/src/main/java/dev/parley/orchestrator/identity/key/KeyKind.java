package dev.parley.orchestrator.identity.key;

import java.util.Arrays;
import java.util.Optional;

/** What a key is for. */
public enum KeyKind {
  /** For programs; kept secret. */
  SECRET("pk_"),
  /** For pages: public, and good only from the origins it names. */
  WIDGET("pw_");

  private final String mark;

  KeyKind(String mark) {
    this.mark = mark;
  }

  /** What its secrets begin with. */
  public String mark() {
    return mark;
  }

  static Optional<KeyKind> marked(String mark) {
    return Arrays.stream(values()).filter(it -> it.mark.equals(mark)).findFirst();
  }
}
