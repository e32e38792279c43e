package dev.parley.kit.contract;

import java.util.Optional;

/**
 * One method as its contract declares it.
 *
 * @param service full name, as in {@code parley.speech.v1.SpeechService}
 * @param name as in {@code Recognize}
 * @param streaming whether either side sends more than one message
 * @param safe whether a call may be sent twice: a read or a search, by its cost class
 * @param inner whether only our own services may call it
 * @param open whether anybody may, also without an identity
 * @param cost what a call counts as, as in {@code sign_in}
 * @param rest the verb of its REST form, when it has one
 */
public record Method(
    String service,
    String name,
    boolean streaming,
    boolean safe,
    boolean inner,
    boolean open,
    String cost,
    Optional<String> rest) {

  /** Where it is on the wire, as in {@code /parley.speech.v1.SpeechService/Recognize}. */
  public String path() {
    return "/" + service + "/" + name;
  }
}
