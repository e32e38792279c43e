package dev.parley.orchestrator.peers;

import dev.parley.kit.failure.Failures;
import dev.parley.orchestrator.character.Catalogue;
import dev.parley.render.v1.Avatar;
import dev.parley.render.v1.ListAvatarsRequest;
import dev.parley.render.v1.RenderServiceGrpc;
import dev.parley.speech.v1.ListVoicesRequest;
import dev.parley.speech.v1.SpeechServiceGrpc;
import dev.parley.speech.v1.Voice;
import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Voices of the speech service and avatars of the render service. Thread-safe. */
public final class CataloguePeer implements Catalogue {
  private static final int PATIENCE_S = 2;

  private final Channel speech;
  private final Channel render;

  /** Over those channels. */
  public CataloguePeer(Channel speech, Channel render) {
    this.speech = speech;
    this.render = render;
  }

  @Override
  public Set<String> voices() {
    var stub = SpeechServiceGrpc.newBlockingStub(speech);
    var request = ListVoicesRequest.getDefaultInstance();
    return told(() -> stub.withDeadlineAfter(PATIENCE_S, TimeUnit.SECONDS).listVoices(request))
        .getVoicesList()
        .stream()
        .map(Voice::getId)
        .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public Set<String> avatars() {
    var stub = RenderServiceGrpc.newBlockingStub(render);
    var request = ListAvatarsRequest.getDefaultInstance();
    return told(() -> stub.withDeadlineAfter(PATIENCE_S, TimeUnit.SECONDS).listAvatars(request))
        .getAvatarsList()
        .stream()
        .map(Avatar::getId)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static <T> T told(Supplier<T> call) {
    try {
      return call.get();
    } catch (StatusRuntimeException e) {
      throw Failures.fromStatus(e);
    }
  }
}
