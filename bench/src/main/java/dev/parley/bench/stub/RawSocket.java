package dev.parley.bench.stub;

import com.linecorp.armeria.common.websocket.WebSocket;
import com.linecorp.armeria.common.websocket.WebSocketFrame;
import com.linecorp.armeria.common.websocket.WebSocketFrameType;
import com.linecorp.armeria.common.websocket.WebSocketWriter;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.websocket.WebSocketServiceHandler;
import dev.parley.kit.failure.Failure;
import dev.parley.kit.identity.Owner;
import dev.parley.orchestrator.conversation.Attachment;
import dev.parley.orchestrator.conversation.Event;
import dev.parley.orchestrator.conversation.Input;
import dev.parley.orchestrator.conversation.LoggedEvent;
import dev.parley.orchestrator.conversation.Outlet;
import dev.parley.orchestrator.conversation.Session;
import dev.parley.orchestrator.conversation.SessionFormats;
import dev.parley.orchestrator.conversation.Sessions;
import dev.parley.orchestrator.conversation.Tier;
import java.util.Set;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** The frames of the peers' benchmark: raw audio in, raw audio out, one session a connection. */
final class RawSocket implements WebSocketServiceHandler {
  private final Sessions sessions;
  private final String characterId;

  RawSocket(Sessions sessions, String characterId) {
    this.sessions = sessions;
    this.characterId = characterId;
  }

  @Override
  public WebSocket handle(ServiceRequestContext ctx, WebSocket in) {
    ctx.clearRequestTimeout();
    WebSocketWriter out = WebSocket.streaming();
    Session session =
        sessions.open(Owner.LOCAL, characterId, "", "", SessionFormats.DEFAULTS, false);
    var tiers = Set.of(Tier.TEXT, Tier.AUDIO);
    Attachment attachment = session.attach("peer", tiers, Session.Mode.SPEAKER, 0, new Frames(out));
    in.subscribe(new Microphone(attachment, out), ctx.eventLoop());
    return out;
  }

  /** Audio goes out, all else is left away. */
  private record Frames(WebSocketWriter out) implements Outlet {
    @Override
    public boolean offer(LoggedEvent event) {
      if (event.event() instanceof Event.AudioDelta a) {
        byte[] pcm =
            a.length() == a.data().length
                ? a.data()
                : java.util.Arrays.copyOfRange(a.data(), a.offset(), a.offset() + a.length());
        out.tryWrite(WebSocketFrame.ofBinary(pcm));
      }
      return true;
    }

    @Override
    public void close() {
      out.close();
    }

    @Override
    public void fail(Failure failure) {
      out.close(failure);
    }
  }

  private record Microphone(Attachment attachment, WebSocketWriter out)
      implements Subscriber<WebSocketFrame> {
    @Override
    public void onSubscribe(Subscription subscription) {
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(WebSocketFrame frame) {
      if (frame.type() == WebSocketFrameType.BINARY) {
        attachment.input(new Input(0, new Input.Act.Audio(frame.array())));
      } else if (frame.type() == WebSocketFrameType.PING) {
        out.tryWrite(WebSocketFrame.ofPong(frame.array()));
      }
    }

    @Override
    public void onError(Throwable thrown) {
      attachment.detach();
    }

    @Override
    public void onComplete() {
      attachment.detach();
      out.close();
    }
  }
}
