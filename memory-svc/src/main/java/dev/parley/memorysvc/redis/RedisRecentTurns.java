package dev.parley.memorysvc.redis;

import dev.parley.kit.failure.Retry;
import dev.parley.kit.identity.Owner;
import dev.parley.kit.redis.RedisPool;
import dev.parley.memorysvc.recollection.MemoryId;
import dev.parley.memorysvc.recollection.RecentTurns;
import dev.parley.memorysvc.recollection.RememberedTurn;
import dev.parley.memorysvc.recollection.Scope;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Recent turns in Redis: a sorted set of turn ids a session, a hash a turn, and a sorted set of a
 * person's sessions, which is how everything of a person can be found. All keys of a person share a
 * hash tag and so a slot of a cluster. Every change is one script, whole or not at all.
 */
public final class RedisRecentTurns implements RecentTurns {
  private final RedisPool redis;
  private final Duration expiry;

  private RedisRecentTurns(RedisPool redis, Duration expiry) {
    this.redis = redis;
    this.expiry = expiry;
  }

  /**
   * Uses a server; it need not be there yet.
   *
   * @param address as in {@code redis://127.0.0.1:6379}
   * @param expiry after the last turn of a session, its turns stay so long
   */
  public static RedisRecentTurns at(URI address, Duration expiry) {
    return new RedisRecentTurns(new RedisPool(address, Retry.STORE), expiry);
  }

  @Override
  public void append(Owner owner, RememberedTurn turn, int keep, Optional<Duration> shorter) {
    long lives =
        Math.max(1, shorter.filter(it -> it.compareTo(expiry) < 0).orElse(expiry).toMillis());
    Keys keys = new Keys(owner);
    List<String> arguments =
        new ArrayList<>(
            List.of(
                turn.turnId(),
                Long.toString(TurnFields.micros(turn.time())),
                Integer.toString(keep),
                Long.toString(lives),
                Long.toString(System.currentTimeMillis()),
                turn.sessionId(),
                keys.turnPrefix(turn.sessionId()),
                Long.toString(expiry.toMillis())));
    TurnFields.of(turn).forEach((field, value) -> arguments.addAll(List.of(field, value)));
    List<String> names = List.of(keys.session(turn.sessionId()), keys.sessions());
    redis.run(it -> it.eval(Scripts.APPEND, names, arguments));
  }

  @Override
  public List<RememberedTurn> last(Owner owner, String sessionId, int limit) {
    Keys keys = new Keys(owner);
    return redis.run(it -> {
      List<RememberedTurn> turns = new ArrayList<>();
      for (String id : it.zrange(keys.session(sessionId), -limit, -1)) {
        Map<String, String> fields = it.hgetAll(keys.turnPrefix(sessionId) + id);
        if (!fields.isEmpty()) { // It may expire between the two questions.
          turns.add(TurnFields.turn(id, sessionId, fields));
        }
      }
      return turns;
    });
  }

  @Override
  public long remove(Scope scope) {
    Keys keys = new Keys(scope.owner());
    List<String> sessions = scope.sessionId().map(List::of).orElseGet(() -> sessions(keys));
    long gone = sessions.stream().mapToLong(session -> remove(scope, keys, session)).sum();
    if (gone > 0) {
      redis.forgetPast();
    }
    return gone;
  }

  @Override
  public boolean isHealthy() {
    return redis.answers();
  }

  @Override
  public void close() {
    redis.close();
  }

  private List<String> sessions(Keys keys) {
    return redis.run(it -> it.zrange(keys.sessions(), 0, -1));
  }

  private long remove(Scope scope, Keys keys, String session) {
    List<String> ids =
        last(scope.owner(), session, Integer.MAX_VALUE).stream()
            .filter(turn -> scope.contains(scope.owner(), memoryId(scope, turn), turn))
            .map(RememberedTurn::turnId)
            .toList();
    if (ids.isEmpty()) {
      return 0;
    }
    List<String> arguments = new ArrayList<>(List.of(session, keys.turnPrefix(session)));
    arguments.addAll(ids);
    List<String> names = List.of(keys.session(session), keys.sessions());
    return redis.run(it -> (Long) it.eval(Scripts.REMOVE, names, arguments));
  }

  private static String memoryId(Scope scope, RememberedTurn turn) {
    return MemoryId.of(scope.owner(), turn.turnId());
  }
}
