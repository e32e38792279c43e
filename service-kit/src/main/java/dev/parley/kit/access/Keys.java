package dev.parley.kit.access;

import dev.parley.kit.failure.Failure;
import dev.parley.kit.identity.Identity;

/** Reads keys of programs. Called by many threads at once; may block. */
@FunctionalInterface
public interface Keys {
  /** What every key begins with. */
  String PREFIX = "pk_";

  /** None is good here: the door exchanges keys for tokens before. */
  Keys NONE =
      key -> {
        throw Tokens.bad("keys are taken at the door, and this is not one");
      };

  /**
   * Who holds a key. A widget's key is refused: without a page it has no origin.
   *
   * @throws Failure UNAUTHENTICATED with TOKEN_INVALID when it is unknown, ended or a widget's
   */
  Identity open(String key);
}
