package dev.parley.orchestrator.redis;

import dev.parley.kit.identity.Owner;
import dev.parley.orchestrator.conversation.SessionRecord;
import dev.parley.orchestrator.privacy.PersonalStore;
import dev.parley.orchestrator.privacy.Removal;
import java.util.List;
import java.util.Set;

/** The logs of a person's sessions in Redis, and what its file of past commands holds of them. */
public final class RedisSessionLogs implements PersonalStore {
  private final RedisConnection redis;

  /** Over a connection, which stays the caller's. */
  public RedisSessionLogs(RedisConnection redis) {
    this.redis = redis;
  }

  @Override
  public List<Removal> erase(Owner owner, Set<String> sessionIds) {
    long logs = sessionIds.stream().filter(id -> delete(owner, id)).count();
    if (logs > 0) {
      redis.forgetPast();
    }
    return List.of(new Removal("session logs", logs));
  }

  private boolean delete(Owner owner, String sessionId) {
    return RedisEventLog.drop(redis, SessionRecord.place(owner, sessionId));
  }
}
