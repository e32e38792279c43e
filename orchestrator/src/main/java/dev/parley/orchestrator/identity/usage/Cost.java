package dev.parley.orchestrator.identity.usage;

import java.util.List;

/** What a call counts as; the contract's cost classes. */
public enum Cost {
  /** Nothing. */
  FREE,
  /** A read of something stored. */
  READ(Metered.CALLS),
  /** A change of something stored. */
  WRITE(Metered.CALLS),
  /** A search by meaning. */
  SEARCH(Metered.CALLS),
  /** Speech, counted in its length afterwards. */
  SPEECH(Metered.SPEECH_MS),
  /** A turn, counted when it is over, with its speech. */
  TURN(Metered.TURNS, Metered.SPEECH_MS),
  /** A file. */
  UPLOAD(Metered.CALLS, Metered.DOCUMENTS, Metered.BYTES),
  /** A try to become somebody; limited in rate only. */
  SIGN_IN;

  private final List<Metered> needs;

  Cost(Metered... needs) {
    this.needs = List.of(needs);
  }

  /** What there must be some left of. */
  List<Metered> needs() {
    return needs;
  }
}
