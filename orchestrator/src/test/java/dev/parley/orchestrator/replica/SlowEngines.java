package dev.parley.orchestrator.replica;

import dev.parley.orchestrator.conversation.Call;
import dev.parley.orchestrator.conversation.Span;
import dev.parley.orchestrator.conversation.Speaker;
import dev.parley.orchestrator.conversation.Thinker;
import dev.parley.orchestrator.conversation.Thought;
import dev.parley.orchestrator.conversation.TokenSink;
import dev.parley.orchestrator.conversation.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A thinker of 50 words a second and a voice of five, which begins after 30 ms. */
final class SlowEngines {
  private static final long WORD_US = 200_000;
  private static final int WORD_BYTES = 9600;
  private static final int WORDS = 30;

  private SlowEngines() {}

  /** What it answers to anything. */
  static String answer() {
    return IntStream.rangeClosed(1, WORDS)
        .mapToObj(i -> "word" + i + (i % 6 == 0 ? "." : ""))
        .collect(Collectors.joining(" "));
  }

  static final class Thinking implements Thinker {
    @Override
    public String name() {
      return "slow";
    }

    @Override
    public void think(Thought thought, TokenSink sink) {
      String rest = answer().substring(thought.said().length());
      for (String piece : rest.split("(?= )")) {
        try {
          Thread.sleep(20);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return;
        }
        if (sink.cancelled()) {
          return;
        }
        sink.token(piece);
      }
    }
  }

  static final class Speaking implements Speaker {
    @Override
    public Call speak(Request request, Sink sink) {
      Thread thread = Thread.ofVirtual().start(() -> say(request.text(), sink));
      return thread::interrupt;
    }

    private static void say(String text, Sink sink) {
      try {
        Thread.sleep(30);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
      List<Word> words = new ArrayList<>();
      int at = 0;
      for (String word : text.strip().split(" ")) {
        int start = text.indexOf(word, at);
        at = start + word.length();
        long us = words.size() * WORD_US;
        words.add(new Word(word, new Span(us, us + WORD_US), start, at, 1));
      }
      long length = words.size() * WORD_US;
      sink.phrase(words, List.of(), new Span(0, length));
      for (int i = 0; i < words.size(); i++) {
        sink.audio(new byte[WORD_BYTES], i * WORD_US, WORD_US);
      }
      sink.done(length, "slow");
    }
  }
}
