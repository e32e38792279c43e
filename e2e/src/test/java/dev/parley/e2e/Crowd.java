package dev.parley.e2e;

import dev.parley.conversation.v1.Tier;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Many who talk at a time: some listen to one greeting after the other, the others type one
 * question after the other.
 */
final class Crowd implements AutoCloseable {
  /**
   * So many hear a voice; a machine of two cores can speak to them all and still start programs.
   */
  private static final int VOICES = Integer.getInteger("parley.voices", 3);

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Supplier<SteadyClient> next;
  private final List<SteadyClient> heard = new CopyOnWriteArrayList<>();
  private final List<ChattyClient> chats = new ArrayList<>();
  private final List<CompletableFuture<Void>> talks = new ArrayList<>();
  private volatile boolean enough;

  Crowd(int port, int sessions, Supplier<SteadyClient> next) {
    this.next = next;
    for (int i = 0; i < VOICES; i++) {
      talks.add(CompletableFuture.runAsync(this::listen, threads));
    }
    for (int i = VOICES; i < sessions; i++) {
      var chat = new ChattyClient(port, Talking.with("ada", Tier.TIER_TEXT).build());
      chats.add(chat);
      talks.add(CompletableFuture.runAsync(() -> type(chat), threads));
    }
  }

  private void listen() {
    while (!enough) {
      heard.add(next.get().heard());
    }
  }

  private void type(ChattyClient chat) {
    try {
      chat.talk(() -> enough);
    } catch (InterruptedException over) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether each of them is in the midst of it. */
  boolean isTalking() {
    return heard.size() >= VOICES && chats.stream().allMatch(ChattyClient::isTalking);
  }

  /** Lets all come to their end; what was heard goes to the series. */
  void end(KillSeries series) throws Exception {
    enough = true;
    for (var talk : talks) {
      try {
        talk.get(120, TimeUnit.SECONDS);
      } catch (java.util.concurrent.ExecutionException lost) {
        series.lost(lost.getCause());
      }
    }
    heard.forEach(series::heard);
  }

  /** What those who typed found wrong. */
  List<String> wrong() {
    return chats.stream().flatMap(it -> it.wrong().stream()).toList();
  }

  @Override
  public String toString() {
    return "%d typed %d questions, connections cut %d times, %d wrong; %d greetings heard"
        .formatted(
            chats.size(),
            chats.stream().mapToInt(ChattyClient::asked).sum(),
            chats.stream().mapToInt(ChattyClient::cuts).sum(),
            wrong().size(),
            heard.size());
  }

  @Override
  public void close() {
    enough = true;
    threads.shutdownNow();
  }
}
