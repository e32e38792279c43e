package dev.parley.orchestrator.redis;

import dev.parley.kit.failure.Failure;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/**
 * Appends of all sessions, written together: what comes while one write is under way makes the
 * next, and what comes in the {@value #GATHER_MS} ms after an append that somebody waits for, or in
 * {@value #PATIENCE_MS} more while nobody does. One thread writes. Thread-safe.
 */
final class GroupWriter implements AutoCloseable {
  private static final int GATHER_MS = 2;
  private static final int PATIENCE_MS = 30;
  private static final int MOST = 512;

  private record Append(List<byte[]> keys, List<byte[]> arguments, CompletableFuture<Void> done) {}

  private final RedisConnection redis;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition wanted = lock.newCondition();
  private final ArrayDeque<Append> waiting = new ArrayDeque<>();
  private boolean soon;
  private final Thread thread = Thread.ofVirtual().name("session-log").unstarted(this::run);
  private volatile boolean closed;

  GroupWriter(RedisConnection redis) {
    this.redis = redis;
    thread.start();
  }

  /** {@code urgent} where somebody waits until it is kept. */
  CompletableFuture<Void> append(List<byte[]> keys, List<byte[]> arguments, boolean urgent) {
    var append = new Append(keys, arguments, new CompletableFuture<>());
    lock.lock();
    try {
      waiting.add(append);
      if (waiting.size() == 1 || urgent && !soon) {
        wanted.signal();
      }
      soon |= urgent;
    } finally {
      lock.unlock();
    }
    if (closed) {
      giveUp();
    }
    return append.done();
  }

  private void run() {
    try {
      while (!closed) {
        gather();
        write(batch());
      }
    } catch (InterruptedException over) {
      Thread.currentThread().interrupt();
    }
    giveUp();
  }

  private void gather() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (waiting.isEmpty()) {
        wanted.await();
      }
      long left = TimeUnit.MILLISECONDS.toNanos(PATIENCE_MS);
      while (!soon && left > 0) {
        left = wanted.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
    TimeUnit.MILLISECONDS.sleep(GATHER_MS);
  }

  private List<Append> batch() {
    lock.lock();
    try {
      var batch = new ArrayList<Append>(Math.min(MOST, waiting.size()));
      while (batch.size() < MOST && !waiting.isEmpty()) {
        batch.add(waiting.remove());
      }
      soon &= !waiting.isEmpty();
      return batch;
    } finally {
      lock.unlock();
    }
  }

  private void write(List<Append> batch) {
    List<Object> answers;
    try {
      answers = redis.run(it -> written(it, batch));
    } catch (RuntimeException down) {
      batch.forEach(it -> it.done().completeExceptionally(down));
      return;
    }
    for (int i = 0; i < batch.size(); i++) {
      tell(batch.get(i), answers.get(i));
    }
  }

  private static void tell(Append append, Object answer) {
    if (answer instanceof Long last && last >= 0) {
      append.done().complete(null);
    } else {
      append
          .done()
          .completeExceptionally(
              Failure.of(
                  Failure.Code.ABORTED, "SESSION_ELSEWHERE", "another replica owns the session"));
    }
  }

  private static List<Object> written(UnifiedJedis redis, List<Append> batch) {
    List<Object> answers = pipelined(redis, batch);
    if (answers.stream().anyMatch(JedisNoScriptException.class::isInstance)) {
      redis.scriptLoad(RedisEventLog.text(Script.APPEND.text()));
      answers = pipelined(redis, batch);
    }
    for (Object answer : answers) {
      if (answer instanceof JedisDataException refused) {
        throw refused;
      }
    }
    return answers;
  }

  private static List<Object> pipelined(UnifiedJedis redis, List<Append> batch) {
    List<Response<Object>> responses = new ArrayList<>(batch.size());
    try (AbstractPipeline pipeline = redis.pipelined()) {
      for (Append it : batch) {
        responses.add(pipeline.evalsha(Script.APPEND.digest(), it.keys(), it.arguments()));
      }
      pipeline.sync();
    }
    return responses.stream().map(GroupWriter::answer).toList();
  }

  private static Object answer(Response<Object> response) {
    try {
      return response.get();
    } catch (JedisDataException refused) {
      return refused;
    }
  }

  private void giveUp() {
    List<Append> left;
    lock.lock();
    try {
      left = List.copyOf(waiting);
      waiting.clear();
    } finally {
      lock.unlock();
    }
    Failure over = Failure.of(Failure.Code.UNAVAILABLE, "STORE_FAILED", "redis: closed");
    left.forEach(it -> it.done().completeExceptionally(over));
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }
}
