package dev.parley.kit.host;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.parley.identity.v1.GetJwksRequest;
import dev.parley.identity.v1.GetJwksResponse;
import dev.parley.identity.v1.IdentityServiceGrpc;
import dev.parley.kit.access.CachedTokens;
import dev.parley.kit.access.Tokens;
import dev.parley.kit.jose.KeySet;
import dev.parley.kit.jose.Revocations;
import dev.parley.kit.jose.SignedTokens;
import dev.parley.kit.jose.TokenVerifier;
import io.grpc.Channel;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/**
 * How a process that knows nobody finds out who calls: it verifies access tokens itself, by the
 * public keys of the orchestrator. Whether a token was taken back before its end is asked at the
 * door, not here.
 */
final class Reception {
  private static final Duration TRUST = Duration.ofSeconds(3);
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private Reception() {}

  /** Tokens that the orchestrator behind that channel gave out. */
  static Tokens tokens(Channel orchestrator) {
    InstantSource clock = InstantSource.system();
    KeySet keys = new KeySet(() -> keySet(orchestrator), clock);
    return new CachedTokens(
        new SignedTokens(new TokenVerifier(keys, Revocations.NONE, clock)), TRUST, clock);
  }

  /** RFC 7517. */
  private static String keySet(Channel orchestrator) {
    GetJwksResponse keys =
        IdentityServiceGrpc.newBlockingStub(orchestrator)
            .withDeadlineAfter(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
            .getJwks(GetJwksRequest.getDefaultInstance());
    try {
      return JsonFormat.printer().print(keys);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }
}
