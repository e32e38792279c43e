package dev.parley.cli.server;

import dev.parley.cli.server.SignIns.SignIn;
import dev.parley.identity.v1.IdentityServiceGrpc;
import dev.parley.identity.v1.RefreshTokensRequest;
import dev.parley.identity.v1.Tokens;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Says with every call who makes it: by the key in {@code PARLEY_API_KEY}, else by the stored
 * sign-in, which is refreshed when it is about to end; else nobody is named. Safe for threads.
 */
public final class Proof implements ClientInterceptor {
  private static final Metadata.Key<String> KEY = header("x-api-key");
  private static final Metadata.Key<String> TOKEN = header("authorization");
  private static final String IDENTITY = IdentityServiceGrpc.SERVICE_NAME;
  private static final long MARGIN_S = 30;

  private final Optional<String> apiKey;
  private final SignIns signIns;
  private final String server;

  /** With whatever this person has for a server. */
  public Proof(Optional<String> apiKey, SignIns signIns, String server) {
    this.apiKey = apiKey.filter(key -> !key.isBlank());
    this.signIns = signIns;
    this.server = server;
  }

  @Override
  public <Q, S> ClientCall<Q, S> interceptCall(
      MethodDescriptor<Q, S> method, CallOptions options, Channel next) {
    boolean becoming = becomesSomebody(method);
    return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
      @Override
      public void start(Listener<S> answers, Metadata headers) {
        if (!becoming && apiKey.isPresent()) {
          headers.put(KEY, apiKey.get());
        } else if (!becoming) {
          token(next).ifPresent(token -> headers.put(TOKEN, "Bearer " + token));
        }
        super.start(answers, headers);
      }
    };
  }

  /** Calls that tokens come from are made as nobody. */
  private static boolean becomesSomebody(MethodDescriptor<?, ?> method) {
    return IDENTITY.equals(method.getServiceName())
        && switch (String.valueOf(method.getBareMethodName())) {
          case "SignIn", "SignUp", "SignOut", "RefreshTokens" -> true;
          default -> false;
        };
  }

  private Optional<String> token(Channel channel) {
    Optional<SignIn> known = signIns.at(server);
    if (known.isEmpty() || lasts(known.get())) {
      return known.map(SignIn::accessToken);
    }
    return signIns.change(server, now -> refreshed(channel, now)).map(SignIn::accessToken);
  }

  /** Another process may have been faster. */
  private static Optional<SignIn> refreshed(Channel channel, Optional<SignIn> now) {
    return now.filter(Proof::lasts).or(() -> now.flatMap(old -> refresh(channel, old)));
  }

  private static Optional<SignIn> refresh(Channel channel, SignIn old) {
    try {
      return Optional.of(
          signIn(
              IdentityServiceGrpc.newBlockingStub(channel)
                  .withDeadlineAfter(10, TimeUnit.SECONDS)
                  .refreshTokens(
                      RefreshTokensRequest.newBuilder().setRefreshToken(old.refreshToken()).build())
                  .getTokens()));
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() == Status.Code.UNAUTHENTICATED) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** What is kept of tokens. */
  public static SignIn signIn(Tokens tokens) {
    return new SignIn(
        tokens.getAccessToken(),
        tokens.getAccessExpireTime().getSeconds(),
        tokens.getRefreshToken());
  }

  private static boolean lasts(SignIn it) {
    return it.accessEnds() > Instant.now().getEpochSecond() + MARGIN_S;
  }

  private static Metadata.Key<String> header(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }
}
