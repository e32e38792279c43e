package dev.parley.orchestrator.openai;

import dev.parley.orchestrator.conversation.TokenSink;
import java.time.Duration;

/**
 * One answer as it is taken in: hands its words on, and says when it has been silent for too long,
 * takes too long, or is longer than was asked for. Used by one thread.
 */
final class Answer {
  /** A token of any language is shorter than this on average. */
  private static final int CHARACTERS_PER_TOKEN = 16;

  private final TokenSink sink;
  private final Marks marks;
  private final ModelSettings settings;
  private final long longest;
  private final Aloud aloud = new Aloud();
  private final long begun = System.nanoTime();
  private long heardAt = begun;
  private long length;
  private boolean finished;

  /** {@code marks} hand the words on without the numbers of sources. */
  Answer(TokenSink sink, Marks marks, ModelSettings settings, int maxOutputTokens) {
    this.sink = sink;
    this.marks = marks;
    this.settings = settings;
    this.longest = (long) CHARACTERS_PER_TOKEN * maxOutputTokens;
  }

  /** Takes a line; false when the answer is complete. */
  boolean line(String line) throws ModelFault {
    String data = line.startsWith("data:") ? line.substring(5).strip() : "";
    if (data.isEmpty()) {
      return true;
    }
    if (data.equals("[DONE]")) {
      end();
      return false;
    }
    Chunk chunk = Chunk.of(data);
    chunk.usage().ifPresent(it -> sink.usage(it.input(), it.output()));
    finished |= chunk.finished();
    say(aloud.of(chunk.text()));
    return length < longest;
  }

  /** The server has nothing more to say. */
  void end() throws ModelFault {
    say(aloud.rest());
    length += marks.rest();
    if (length == 0) {
      throw new ModelFault("the model gave an empty answer", true);
    }
  }

  /** The connection ended; some servers say no more than why they finished. */
  void connectionEnded() throws ModelFault {
    if (!finished) {
      throw new ModelFault("the answer broke off", true);
    }
    end();
  }

  private void say(String text) {
    if (!text.isEmpty()) {
      length += marks.take(text);
      heardAt = System.nanoTime();
    }
  }

  /** Throws when it was silent or went on for too long. */
  void expectInTime() throws ModelFault {
    long now = System.nanoTime();
    Duration patience = said() ? settings.betweenTokens() : settings.firstToken();
    if (now - heardAt > patience.toNanos()) {
      throw new ModelFault("the model was silent for " + patience.toMillis() + " ms", true);
    }
    if (now - begun > settings.whole().toNanos()) {
      throw new ModelFault("the answer took " + settings.whole().toMillis() + " ms", false);
    }
  }

  /** Whether a word was said. */
  boolean said() {
    return length > 0;
  }
}
