package dev.parley.orchestrator;

import dev.parley.kit.failure.Failure;
import dev.parley.kit.identity.Owner;
import dev.parley.orchestrator.conversation.Listener;
import dev.parley.orchestrator.conversation.Span;
import java.time.Duration;
import java.util.function.BiConsumer;

/**
 * Tells how long the speech was that it recognised: every utterance that is words, when it is
 * final, and every whole file. Silence on an open microphone is no speech. Thread-safe.
 *
 * @param heard whose and how long; must not block
 */
record CountedListener(Listener inner, BiConsumer<Owner, Duration> heard) implements Listener {
  @Override
  public Ear listen(Request request, Sink sink) {
    return inner.listen(request, new Counted(sink, request.owner()));
  }

  @Override
  public Utterance recognize(byte[] audio, Request request) {
    Utterance said = inner.recognize(audio, request);
    count(request.owner(), said.span());
    return said;
  }

  private void count(Owner owner, Span span) {
    heard.accept(owner, Duration.ofNanos((span.endUs() - span.startUs()) * 1000));
  }

  private final class Counted implements Sink {
    private final Sink sink;
    private final Owner owner;

    Counted(Sink sink, Owner owner) {
      this.sink = sink;
      this.owner = owner;
    }

    @Override
    public void speechStarted(long inputTimeUs) {
      sink.speechStarted(inputTimeUs);
    }

    @Override
    public void speechStopped(long inputTimeUs) {
      sink.speechStopped(inputTimeUs);
    }

    @Override
    public void partial(Utterance utterance) {
      sink.partial(utterance);
    }

    @Override
    public void finalUtterance(Utterance utterance) {
      if (!utterance.text().isBlank()) {
        count(owner, utterance.span());
      }
      sink.finalUtterance(utterance);
    }

    @Override
    public void failed(Failure failure) {
      sink.failed(failure);
    }
  }
}
