package dev.parley.e2e;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Sends the same odd requests to two servers and tells where they answer differently. */
final class Parity {
  private static final String LIMITED = "RATE_LIMITED";
  private static final int PATIENCE = 20;

  /** What is the same on every machine on which nobody has been. */
  private static final Pattern FIXED =
      Pattern.compile("/v1/(characters/|voices|avatars|me|identity/providers|sessions/)");

  private Parity() {}

  /** A line for each request of which status, headers that matter or body differ. */
  static List<String> differences(int one, int other) throws IOException, InterruptedException {
    List<String> differences = new ArrayList<>();
    for (Odd odd : Odd.all()) {
      String first = ask(one, odd);
      String second = ask(other, odd);
      if (!first.equals(second)) {
        first = ask(one, odd); // The first call of its kind may have been answered in two parts.
        second = ask(other, odd);
      }
      if (!first.equals(second)) {
        differences.add("%s%n  one:   %s%n  other: %s".formatted(odd.line(), first, second));
      }
    }
    return differences;
  }

  /** Whoever is told to wait waits. */
  private static String ask(int port, Odd odd) throws IOException, InterruptedException {
    Answer answer = Answer.to(port, odd.bytes());
    for (int i = 0; i < PATIENCE && answer.body().contains(LIMITED); i++) {
      TimeUnit.MILLISECONDS.sleep(300);
      answer = Answer.to(port, odd.bytes());
    }
    return answer.essence(FIXED.matcher(odd.path()).find());
  }

  /** Against two servers that run already, by their ports. */
  public static void main(String[] ports) throws Exception {
    int one = Integer.parseInt(ports[0]);
    int other = Integer.parseInt(ports[1]);
    differences(one, other).forEach(System.out::println);
    NativeParity.differences(one, other).forEach(System.out::println);
  }
}
