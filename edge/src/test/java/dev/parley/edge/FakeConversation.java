package dev.parley.edge;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.rpc.BadRequest;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import dev.parley.conversation.v1.*;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** A conversation of five numbered events, an echo, and a file of 1000 bytes. */
final class FakeConversation extends ConversationServiceGrpc.ConversationServiceImplBase {
  static final int EVENTS = 5;
  static final byte[] WAV = new byte[200_000];

  static {
    for (int i = 0; i < WAV.length; i++) {
      WAV[i] = (byte) i;
    }
  }

  final CountDownLatch left = new CountDownLatch(1);
  final AtomicInteger sent = new AtomicInteger();
  final AtomicReference<RespondRequest> responded = new AtomicReference<>();

  static StatusRuntimeException notFound(String what) {
    return StatusProto.toStatusRuntimeException(
        Status.newBuilder()
            .setCode(Code.NOT_FOUND_VALUE)
            .setMessage("no session é\"" + what)
            .addDetails(
                Any.pack(
                    ErrorInfo.newBuilder()
                        .setReason("SESSION_NOT_FOUND")
                        .setDomain("parley.dev")
                        .putMetadata("id", what)
                        .build()))
            .addDetails(
                Any.pack(
                    BadRequest.newBuilder()
                        .addFieldViolations(
                            BadRequest.FieldViolation.newBuilder()
                                .setField("session_id")
                                .setDescription("bad"))
                        .build()))
            .build());
  }

  @Override
  public void getSession(GetSessionRequest request, StreamObserver<GetSessionResponse> out) {
    if (request.getSessionId().equals("gone")) {
      out.onError(notFound("gone"));
      return;
    }
    if (request.getSessionId().equals("slow")) {
      try {
        Thread.sleep(10_000);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    out.onNext(
        GetSessionResponse.newBuilder()
            .setSession(Session.newBuilder().setId(request.getSessionId()).setTurnCount(2))
            .build());
    out.onCompleted();
  }

  @Override
  public void listSessions(ListSessionsRequest request, StreamObserver<ListSessionsResponse> out) {
    out.onNext(
        ListSessionsResponse.newBuilder()
            .setNextPageToken(request.getCharacterId() + "/" + request.getPageSize())
            .build());
    out.onCompleted();
  }

  @Override
  public void openSession(OpenSessionRequest request, StreamObserver<OpenSessionResponse> out) {
    out.onNext(
        OpenSessionResponse.newBuilder()
            .setStarted(
                SessionStarted.newBuilder()
                    .setSessionId("s1")
                    .setCharacterId(request.getStart().getCharacterId())
                    .addAllTiers(request.getStart().getTiersList()))
            .setSeq(1)
            .build());
    out.onCompleted();
  }

  @Override
  public void respond(RespondRequest request, StreamObserver<RespondResponse> out) {
    responded.set(request);
    out.onNext(
        RespondResponse.newBuilder()
            .setTurn(Turn.newBuilder().setId("t1").setInputText(request.getText()))
            .build());
    out.onCompleted();
  }

  @Override
  public void subscribe(SubscribeRequest request, StreamObserver<ServerEvent> out) {
    if (request.getSessionId().equals("gone")) {
      out.onError(notFound("gone"));
      return;
    }
    ServerCallStreamObserver<ServerEvent> call = (ServerCallStreamObserver<ServerEvent>) out;
    call.setOnCancelHandler(left::countDown);
    if (request.getSessionId().equals("silent")) {
      return;
    }
    if (request.getSessionId().equals("flood")) {
      call.setOnReadyHandler(() -> {
        while (call.isReady()) {
          sent.incrementAndGet();
          call.onNext(text(sent.get(), "x".repeat(60_000)));
        }
      });
      return;
    }
    for (long seq = request.getAfterSeq() + 1; seq <= EVENTS; seq++) {
      out.onNext(text(seq, "word " + seq));
    }
    if (request.getSessionId().equals("broken")) {
      out.onError(notFound("broken"));
      return;
    }
    out.onNext(
        ServerEvent.newBuilder()
            .setSeq(EVENTS + 1)
            .setSessionEnded(
                SessionEnded.newBuilder().setCause(SessionEndCause.SESSION_END_CAUSE_CLIENT))
            .build());
    out.onCompleted();
  }

  static ServerEvent text(long seq, String text) {
    return ServerEvent.newBuilder()
        .setSeq(seq)
        .setTextDelta(TextDelta.newBuilder().setText(text))
        .build();
  }

  @Override
  public StreamObserver<ClientEvent> converse(StreamObserver<ServerEvent> out) {
    ((ServerCallStreamObserver<ServerEvent>) out).setOnCancelHandler(left::countDown);
    return new StreamObserver<>() {
      private long seq;

      @Override
      public void onNext(ClientEvent event) {
        switch (event.getEventCase()) {
          case SESSION_START ->
              out.onNext(
                  ServerEvent.newBuilder()
                      .setSeq(++seq)
                      .setSessionStarted(SessionStarted.newBuilder().setSessionId("s1"))
                      .build());
          case TEXT_INPUT -> out.onNext(text(++seq, event.getTextInput().getText()));
          case AUDIO_CHUNK ->
              out.onNext(
                  ServerEvent.newBuilder()
                      .setSeq(++seq)
                      .setAudioDelta(
                          AudioDelta.newBuilder().setData(event.getAudioChunk().getData()))
                      .build());
          case INTERRUPT -> out.onError(notFound("x"));
          case END_SESSION -> onCompleted();
          default -> {}
        }
      }

      @Override
      public void onError(Throwable thrown) {
        left.countDown();
      }

      @Override
      public void onCompleted() {
        out.onNext(
            ServerEvent.newBuilder()
                .setSeq(++seq)
                .setSessionEnded(SessionEnded.getDefaultInstance())
                .build());
        out.onCompleted();
      }
    };
  }

  @Override
  public void downloadTurnMedia(
      DownloadTurnMediaRequest request, StreamObserver<DownloadTurnMediaResponse> out) {
    if (request.getTurnId().equals("gone")) {
      out.onError(notFound("gone"));
      return;
    }
    if (request.getTurnId().equals("deleted") && request.getLength() != 1) {
      out.onError(notFound("deleted")); // after its size was told
      return;
    }
    int from = (int) request.getOffset();
    int end =
        request.getLength() == 0
            ? WAV.length
            : (int) Math.min(WAV.length, from + request.getLength());
    boolean first = true;
    for (int at = from; at < end || first; at += 65_536) {
      DownloadTurnMediaResponse.Builder part = DownloadTurnMediaResponse.newBuilder();
      if (first) {
        part.setTotalBytes(WAV.length).setContentType("audio/wav");
      }
      first = false;
      out.onNext(part.setData(ByteString.copyFrom(WAV, at, Math.min(65_536, end - at))).build());
    }
    out.onCompleted();
  }
}
