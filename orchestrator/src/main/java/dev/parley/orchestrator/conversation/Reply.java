package dev.parley.orchestrator.conversation;

import dev.parley.kit.failure.Failure;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * What a turn says, as it is thought: told as it comes, cut into phrases and handed on to be
 * performed; what it came from and how long it took stands in the receipt. The session's thread
 * owns it.
 */
final class Reply implements Thinking.Out {
  private final String turnId;
  private final Performance performance;
  private final ReceiptDraft receipt;
  private final Patience patience;
  private final LongSupplier nanos;
  private final Performance.Stagehand turn;
  private final PhraseCutter cutter = new PhraseCutter();
  private int cutFrom;
  private boolean whole;
  private boolean failed;
  private boolean closed;

  Reply(
      String turnId,
      Performance performance,
      ReceiptDraft receipt,
      Patience patience,
      LongSupplier nanos,
      Performance.Stagehand turn) {
    this.turnId = turnId;
    this.performance = performance;
    this.receipt = receipt;
    this.patience = patience;
    this.nanos = nanos;
    this.turn = turn;
  }

  /** Whether no more of it comes. */
  boolean isWhole() {
    return whole;
  }

  /** Whether nothing came of it but a failure. */
  boolean hasFailed() {
    return failed;
  }

  /** The turn is over: what still comes is not said. */
  void close() {
    closed = true;
  }

  /** Goes on where another process stopped: what was thought is not told again. */
  void goOn(Begun begun) {
    for (String piece : begun.pieces()) {
      performance.script().append(piece);
      cutter.add(piece).forEach(this::say);
    }
    begun
        .state()
        .ifPresent(it -> {
          receipt.thinker(it.thinker());
          receipt.tokens(it.inputTokens(), it.outputTokens());
        });
    if (begun.thought()) {
      failed = begun.state().orElseThrow().failed();
      end();
    }
  }

  @Override
  public void recalled(List<Recalled> memories) {
    receipt.recalled(memories);
    receipt.stages().end("recall", now(), "memory");
  }

  @Override
  public void searching() {
    receipt.stages().begin("search", now());
  }

  @Override
  public void found(List<Passage> passages) {
    receipt.stages().end("search", now(), "documents");
  }

  @Override
  public void leftOut(String part, String cause) {
    turn.degrade("LEFT_OUT", cause, part);
  }

  @Override
  public void gathered(List<Source> sources) {
    performance.citing().sources(sources);
    receipt.stages().endAll(List.of("recall", "search"), now());
    receipt.stages().begin("think", now());
    patience.progress(now());
  }

  @Override
  public void token(String text) {
    if (closed || whole || text.isEmpty()) {
      return;
    }
    patience.progress(now());
    receipt.stages().first("think", now());
    performance.script().append(text);
    turn.emit(turnId, -1, new Event.TextDelta(text));
    cutter.add(text).forEach(this::say);
  }

  @Override
  public void cites(int number, String quote) {
    if (!closed && !whole) {
      performance.cite(number, quote);
      turn.changed();
    }
  }

  private void say(String phrase) {
    int start = cutFrom;
    cutFrom += phrase.length();
    performance.say(phrase, start);
  }

  @Override
  public void usage(int inputTokens, int outputTokens) {
    receipt.tokens(inputTokens, outputTokens);
    turn.changed();
  }

  @Override
  public void fellBack(String thinker, String cause) {
    receipt.thinker(thinker);
    turn.degrade("MODEL_FAILED", cause, Problem.MODEL);
  }

  @Override
  public void thoughtEnded(Optional<Failure> failure) {
    if (closed || whole) {
      return;
    }
    failure.ifPresent(f -> turn.degrade(f.reason(), f.getMessage(), Problem.MODEL));
    failed = failure.isPresent() && performance.script().length() == 0;
    end();
  }

  private void end() {
    whole = true;
    receipt.stages().end("think", now(), receipt.thinker());
    say(cutter.rest());
    performance.endSaying();
    turn.changed();
  }

  private long now() {
    return nanos.getAsLong();
  }
}
