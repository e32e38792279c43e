package dev.parley.kit.jobs;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Background jobs that survive a crash, kept by db-scheduler in the table {@code scheduled_tasks}
 * of the data source's default schema. Any number of processes may share the table; a job runs in
 * one of them. When a process dies, its jobs go on elsewhere, or after its restart, within about
 * {@value #DEAD_AFTER_S} seconds. Thread-safe.
 */
public final class Jobs implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Jobs.class);
  private static final int BEAT_S = 2;
  private static final int MISSED_BEATS = 4;
  private static final int DEAD_AFTER_S = BEAT_S * (MISSED_BEATS + 2);

  private final Scheduler scheduler;

  private Jobs(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  /**
   * Makes the table where it is missing and begins to work.
   *
   * @param threads jobs at once in this process
   * @param works kind of job to what it does
   */
  public static Jobs start(
      DataSource database, int threads, Patience patience, Map<String, Work> works) {
    makeTable(database);
    List<Task<?>> tasks = new ArrayList<>();
    works.forEach((kind, work) -> tasks.add(task(kind, work, patience)));
    Scheduler scheduler =
        Scheduler.create(database, tasks)
            .threads(threads)
            .pollingInterval(Duration.ofSeconds(2))
            .heartbeatInterval(Duration.ofSeconds(BEAT_S))
            .missedHeartbeatsLimit(MISSED_BEATS)
            .enableImmediateExecution()
            .shutdownMaxWait(Duration.ofSeconds(2))
            .build();
    scheduler.start();
    return new Jobs(scheduler);
  }

  /** Submits a job; nothing happens when one of that kind and id is there. */
  public void submit(String kind, String id) {
    scheduler.scheduleIfNotExists(new TaskInstance<Void>(kind, id), Instant.now());
  }

  private static Task<Void> task(String kind, Work work, Patience patience) {
    return Tasks.custom(kind, Void.class)
        .onFailure((failed, operations) -> onFailure(work, patience, failed, operations))
        .execute((instance, context) -> run(work, instance, context));
  }

  private static CompletionHandler<Void> run(
      Work work, TaskInstance<Void> instance, ExecutionContext context) {
    int failures = context.getExecution().consecutiveFailures;
    Work.Next next = work.run(instance.getId(), failures);
    return next == Work.Next.DONE
        ? new CompletionHandler.OnCompleteRemove<>()
        : (complete, operations) -> operations.reschedule(complete, Instant.now());
  }

  private static void onFailure(
      Work work, Patience patience, ExecutionComplete failed, ExecutionOperations<Void> then) {
    int failures = failed.getExecution().consecutiveFailures + 1;
    String id = failed.getExecution().taskInstance.getId();
    Throwable why = failed.getCause().orElseGet(() -> new IllegalStateException("it was lost"));
    if (failures >= patience.tries()) {
      work.givenUp(id, why);
      then.remove();
    } else {
      LOG.info("{} failed {} times: {}", id, failures, why.toString());
      then.reschedule(failed, Instant.now().plus(patience.after(failures)));
    }
  }

  /** As who connected, where the pool's role may not make tables. */
  private static void makeTable(DataSource database) {
    try (var connection = database.getConnection();
        var statement = connection.createStatement()) {
      String role = role(statement);
      statement.execute("reset role");
      statement.execute(Table.DEFINITION);
      statement.execute("set role " + statement.enquoteIdentifier(role, true));
    } catch (SQLException e) {
      throw new IllegalStateException("the table of jobs cannot be made", e);
    }
  }

  private static String role(Statement statement) throws SQLException {
    try (var row = statement.executeQuery("select current_user")) {
      row.next();
      return row.getString(1);
    }
  }

  /** Takes no more jobs; those that run are given two seconds, and go on after the next start. */
  @Override
  public void close() {
    scheduler.stop();
  }
}
