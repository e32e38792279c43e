package dev.parley.documentsvc.grpc;

import dev.parley.kit.failure.Failure;

/** Tokens of lists that go by position. */
final class Tokens {
  private Tokens() {}

  static int position(String token) {
    if (token.isEmpty()) {
      return 0;
    }
    if (!token.matches("\\d{1,9}")) {
      throw Failure.invalid("page_token", token + " (expected one from the page before)");
    }
    return Integer.parseInt(token);
  }
}
