package dev.parley.orchestrator.envoy;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import dev.parley.kit.identity.Identity;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/**
 * What an access token says of its holder, as far as limits go.
 *
 * @param kind of the credential it was given for
 * @param organisation where it is good
 * @param subject the holder
 * @param credential the key or sign-in
 */
public record Claims(String kind, String organisation, String subject, String credential) {
  /** Of nobody. */
  static final Claims NONE = new Claims("", "", "", "");

  private static final String PROGRAM = "SECRET_KEY";
  private static final Set<String> KEYS = Set.of(PROGRAM, "WIDGET_KEY");

  /** Of somebody who is known. */
  static Claims of(Identity known) {
    return new Claims(
        known.credential().kind().name(),
        known.owner().organisationId(),
        known.owner().personId(),
        known.credential().id());
  }

  private static Claims of(Struct token) {
    return new Claims(
        text(token, "kind"), text(token, "org"), text(token, "sub"), text(token, "sid"));
  }

  /** Of a token of ours, which needs no verifying; nobody's when it has another form. */
  static Claims of(String token) {
    String[] parts = token.split("\\.");
    if (parts.length != 3) {
      return NONE;
    }
    Struct.Builder claims = Struct.newBuilder();
    try {
      JsonFormat.parser()
          .merge(
              new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8), claims);
    } catch (InvalidProtocolBufferException | IllegalArgumentException another) {
      return NONE;
    }
    return of(claims.build());
  }

  /** The person whose limits hold; a program has those of its key alone. */
  Optional<String> person() {
    return subject.isEmpty() || kind.equals(PROGRAM)
        ? Optional.empty()
        : Optional.of(organisation + "/" + subject);
  }

  /** The key whose limits hold. */
  Optional<String> key() {
    return KEYS.contains(kind) ? Optional.of(credential) : Optional.empty();
  }

  private static String text(Struct token, String claim) {
    return token.getFieldsOrDefault(claim, Value.getDefaultInstance()).getStringValue();
  }
}
