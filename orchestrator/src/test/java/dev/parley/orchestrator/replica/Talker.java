package dev.parley.orchestrator.replica;

import dev.parley.conversation.v1.ClientEvent;
import dev.parley.conversation.v1.ConversationServiceGrpc;
import dev.parley.conversation.v1.Resume;
import dev.parley.conversation.v1.ServerEvent;
import dev.parley.conversation.v1.SessionStart;
import dev.parley.conversation.v1.TextInput;
import dev.parley.kit.failure.Failure;
import dev.parley.kit.host.Hosted;
import dev.parley.kit.stream.ClientStream;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A client that types once, listens, and whenever its connection ends comes to the next replica
 * with its last number. Keeps all it got, and how long its loudspeaker had nothing to say.
 */
final class Talker implements AutoCloseable {
  private final List<ManagedChannel> channels = new ArrayList<>();
  private final List<ServerEvent> events = new ArrayList<>();
  private final List<String> repeated = new ArrayList<>();
  private final CountDownLatch over = new CountDownLatch(1);
  private final CountDownLatch speaks = new CountDownLatch(1);
  private String sessionId = "";
  private String token = "";
  private long lastSeq;
  private long voiceEndUs;
  private long heardUntil;
  private long silentNanos;
  private int connections;
  private volatile boolean closed;

  Talker(List<Integer> ports) {
    ports.forEach(port -> channels.add(Hosted.channelTo("127.0.0.1:" + port)));
    Thread.ofVirtual().start(this::run);
  }

  private void run() {
    for (int at = 0; !closed && over.getCount() > 0; at++) {
      try {
        listen(channels.get(at % channels.size()), at);
      } catch (Failure lost) {
        pause();
      }
    }
  }

  private void listen(ManagedChannel channel, int connection) {
    var method = ConversationServiceGrpc.getConverseMethod();
    try (var stream = ClientStream.open(channel, method, CallOptions.DEFAULT)) {
      stream.send(start());
      if (sessionId.isEmpty()) {
        var text = TextInput.newBuilder().setText("count");
        stream.send(ClientEvent.newBuilder().setClientSeq(1).setTextInput(text).build());
      }
      for (var e = stream.receive(); e.isPresent() && over.getCount() > 0; e = stream.receive()) {
        connections = connection;
        take(e.get());
      }
    }
  }

  private ClientEvent start() {
    var start = SessionStart.newBuilder().setCharacterId("ada").setClientId("me");
    if (!sessionId.isEmpty()) {
      start.setResume(
          Resume.newBuilder().setSessionId(sessionId).setResumeToken(token).setAfterSeq(lastSeq));
    }
    return ClientEvent.newBuilder().setSessionStart(start).build();
  }

  private synchronized void take(ServerEvent e) {
    if (e.hasSessionStarted()) {
      sessionId = e.getSessionStarted().getSessionId();
      token = e.getSessionStarted().getResumeToken();
    }
    if (e.getSeq() > 0) {
      if (e.getSeq() <= lastSeq) {
        repeated.add("seq " + e.getSeq());
      }
      lastSeq = Math.max(lastSeq, e.getSeq());
    }
    events.add(e);
    if (e.hasAudioDelta()) {
      heard(e);
    }
    if (e.hasTurnCompleted()) {
      over.countDown();
    }
  }

  private void heard(ServerEvent e) {
    long now = System.nanoTime();
    if (e.getMediaTimeUs() != voiceEndUs) {
      repeated.add("voice at " + e.getMediaTimeUs() + " after " + voiceEndUs);
    }
    voiceEndUs = e.getMediaTimeUs() + e.getAudioDelta().getDurationUs();
    if (speaks.getCount() == 0 && now > heardUntil) {
      silentNanos += now - heardUntil;
    }
    heardUntil = Math.max(now, heardUntil) + e.getAudioDelta().getDurationUs() * 1000;
    speaks.countDown();
  }

  private static void pause() {
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits until the first sound is there. */
  void awaitVoice() throws InterruptedException {
    if (!speaks.await(60, TimeUnit.SECONDS)) {
      throw new IllegalStateException("nothing was said: " + kinds());
    }
  }

  /** Waits until the turn is over. */
  void awaitEnd() throws InterruptedException {
    if (!over.await(90, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the turn does not end: " + kinds());
    }
  }

  private synchronized List<String> kinds() {
    return events.stream().map(e -> e.getSeq() + " " + e.getEventCase()).toList();
  }

  synchronized String sessionId() {
    return sessionId;
  }

  /** The words as they were spoken. */
  synchronized List<String> words() {
    return events.stream()
        .filter(ServerEvent::hasWordSpoken)
        .map(e -> e.getWordSpoken().getWord())
        .toList();
  }

  /** All text. */
  synchronized String text() {
    var text = new StringBuilder();
    events.stream()
        .filter(ServerEvent::hasTextDelta)
        .forEach(e -> text.append(e.getTextDelta().getText()));
    return text.toString();
  }

  /** Numbers that came twice, and voice that did not follow itself. */
  synchronized List<String> repeated() {
    return List.copyOf(repeated);
  }

  /** Length of the voice. */
  synchronized long voiceUs() {
    return voiceEndUs;
  }

  /** How long the loudspeaker had nothing to say in the middle of the turn. */
  synchronized Duration silence() {
    return Duration.ofNanos(silentNanos);
  }

  /** How often it had to come back. */
  int connections() {
    return connections;
  }

  synchronized boolean saw(ServerEvent.EventCase kind) {
    return events.stream().anyMatch(e -> e.getEventCase() == kind);
  }

  @Override
  public void close() {
    closed = true;
    channels.forEach(ManagedChannel::shutdownNow);
  }
}
