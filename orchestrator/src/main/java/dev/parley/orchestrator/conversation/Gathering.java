package dev.parley.orchestrator.conversation;

import static dev.parley.kit.failure.Failure.Code.DEADLINE_EXCEEDED;

import dev.parley.kit.failure.Failure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * What an answer may rest on, gathered from memory and documents side by side. Each has a deadline
 * of its own: what comes later is left out and named. One thread calls it and waits.
 */
final class Gathering {
  private static final int LONGEST_QUERY = 2000;

  /**
   * What was gathered, best first.
   *
   * @param unsearched whether nothing is known of what is in the documents
   */
  record Gathered(List<Recalled> memories, List<Passage> passages, boolean unsearched) {}

  private final Scene scene;
  private final Parts parts;
  private final UnaryOperator<Runnable> traced;
  private final Thinking.Out out;
  private final Mailbox mailbox;

  /** {@code out} is told on the mailbox's thread; {@code traced} keeps calls in their trace. */
  Gathering(
      Scene scene, Parts parts, UnaryOperator<Runnable> traced, Mailbox mailbox, Thinking.Out out) {
    this.scene = scene;
    this.parts = parts;
    this.traced = traced;
    this.mailbox = mailbox;
    this.out = out;
  }

  /** Both, as far as they come in time. */
  Gathered both() throws InterruptedException {
    long begun = System.nanoTime();
    var searching = begun(this::search);
    var recalling = begun(this::recall);
    List<Recalled> memories =
        inTime(recalling, begun, recallDeadline(), Problem.MEMORY).orElse(List.of());
    var found = inTime(searching, begun, searchDeadline(), Problem.DOCUMENTS);
    return new Gathered(
        memories,
        found.map(Library.Findings::passages).orElse(List.of()),
        reads() && found.map(Library.Findings::isUnknown).orElse(true));
  }

  private <T> FutureTask<T> begun(Supplier<T> work) {
    var task = new FutureTask<>(work::get);
    parts.background().execute(traced.apply(task));
    return task;
  }

  private <T> Optional<T> inTime(FutureTask<T> task, long begun, Duration deadline, String part)
      throws InterruptedException {
    try {
      long left = begun + deadline.toNanos() - System.nanoTime();
      return Optional.of(task.get(Math.max(0, left), TimeUnit.NANOSECONDS));
    } catch (TimeoutException late) {
      leftOut(part, late(deadline));
    } catch (ExecutionException failed) {
      boolean late = failed.getCause() instanceof Failure it && it.code() == DEADLINE_EXCEEDED;
      leftOut(part, late ? late(deadline) : String.valueOf(failed.getCause().getMessage()));
    } finally {
      task.cancel(true);
    }
    return Optional.empty();
  }

  private static String late(Duration deadline) {
    return "no answer within " + deadline.toMillis() + " ms";
  }

  private List<Recalled> recall() {
    if (limit() == 0 || parts.recollection().isEmpty()) {
      return List.of();
    }
    SessionRecord session = scene.session();
    String character = scene.character().id();
    List<Recalled> memories =
        parts
            .recollection()
            .get()
            .recall(session.owner(), character, query(), limit(), session.id(), recallDeadline());
    mailbox.post(() -> out.recalled(memories));
    return memories;
  }

  private Library.Findings search() {
    if (!reads()) {
      return Library.Findings.NONE;
    }
    List<String> collections = scene.character().collectionIds();
    mailbox.post(out::searching);
    Library.Findings found =
        parts
            .library()
            .get()
            .search(scene.session().owner(), collections, query(), limit(), searchDeadline());
    mailbox.post(() -> out.found(found.passages()));
    for (String way : found.leftOut()) {
      leftOut(Problem.DOCUMENTS, way + " did not answer in time");
    }
    return found;
  }

  private boolean reads() {
    boolean any = !scene.character().collectionIds().isEmpty();
    return limit() > 0 && any && parts.library().isPresent();
  }

  private void leftOut(String part, String cause) {
    mailbox.post(() -> out.leftOut(part, cause));
  }

  private int limit() {
    return scene.character().agent().retrieverK();
  }

  private String query() {
    String input = scene.request().input();
    return input.substring(0, Math.min(LONGEST_QUERY, input.length()));
  }

  private Duration recallDeadline() {
    return parts.settings().recallDeadline();
  }

  private Duration searchDeadline() {
    return parts.settings().searchDeadline();
  }
}
