package dev.parley.orchestrator.redis;

import static dev.parley.orchestrator.redis.RedisEventLog.bytes;
import static dev.parley.orchestrator.redis.RedisEventLog.stateKey;
import static dev.parley.orchestrator.redis.RedisEventLog.text;

import dev.parley.orchestrator.conversation.Leases;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import redis.clients.jedis.params.SetParams;

/**
 * Leases in Redis. Each replica has one key that expires unless it shows life, whatever number of
 * sessions it owns; a session's owner and token stand in its log's hash, where the script that
 * appends sees them. A claim takes a session from an owner whose key is gone, by compare-and-set,
 * so that one of many wins. All times are the server's. Thread-safe; blocks.
 */
public final class RedisLeases implements Leases {
  private static final String REPLICAS = "parley:replicas";
  private static final String FREE = "parley:sessions:free";
  private final RedisConnection redis;
  private final String replica;
  private final String address;
  private final Duration life;
  private final Duration expiry;

  /**
   * Over a connection, which stays the caller's.
   *
   * @param replica names this process; never used before
   * @param address where its calls are taken; a replica that gives none is not asked
   * @param life how long it lives after a beat
   * @param expiry how long a session's owner is known after its last event
   */
  RedisLeases(
      RedisConnection redis, String replica, String address, Duration life, Duration expiry) {
    this.redis = redis;
    this.replica = replica;
    this.address = address;
    this.life = life;
    this.expiry = expiry;
  }

  @Override
  public Claim claim(String place) {
    Claim claim = claim(place, "");
    return claim instanceof Claim.Elsewhere other && other.address().isEmpty()
        ? claim(place, other.replica())
        : claim;
  }

  @Override
  public Claim seize(String place, Claim.Elsewhere from) {
    return claim(place, from.replica());
  }

  private Claim claim(String place, String from) {
    redis.run(it -> it.sadd(owned(replica), place));
    List<byte[]> arguments =
        List.of(bytes(replica), bytes(from), bytes(Long.toString(expiry.toMillis())));
    var answer = (List<?>) redis.call(Script.CLAIM, List.of(stateKey(place)), arguments);
    long token = Long.parseLong(text((byte[]) answer.get(0)));
    String owner = text((byte[]) answer.get(1));
    if (token == 0) {
      redis.run(it -> it.srem(owned(replica), place));
      String at = Optional.ofNullable(redis.run(it -> it.get(alive(owner)))).orElse("");
      return new Claim.Elsewhere(owner, at);
    }
    redis.run(it -> it.srem(FREE, place));
    if (!owner.isEmpty() && !owner.equals(replica)) {
      redis.run(it -> it.srem(owned(owner), place));
    }
    return new Claim.Held(token);
  }

  @Override
  public void release(String place, long token, boolean goesOn) {
    List<byte[]> arguments = List.of(bytes(replica), bytes(Long.toString(token)));
    var done = (Long) redis.call(Script.RELEASE, List.of(stateKey(place)), arguments);
    if (done == 1 && goesOn) {
      redis.run(it -> it.sadd(FREE, place));
    }
    redis.run(it -> it.srem(owned(replica), place));
  }

  @Override
  public void beat() {
    var expires = SetParams.setParams().px(life.toMillis());
    redis.run(it -> it.set(alive(replica), address, expires));
    redis.run(it -> it.sadd(REPLICAS, replica));
  }

  @Override
  public List<String> orphans(int most) {
    List<String> orphans = new ArrayList<>(still(FREE, "", most));
    for (String other : redis.run(it -> it.smembers(REPLICAS))) {
      if (!other.equals(replica) && !redis.run(it -> it.exists(alive(other)))) {
        List<String> left = still(owned(other), other, most - orphans.size());
        orphans.addAll(left);
        if (left.isEmpty() && redis.run(it -> it.scard(owned(other))) == 0) {
          redis.run(it -> it.srem(REPLICAS, other));
        }
      }
    }
    return orphans;
  }

  /** Some of those that are still that owner's; the others are forgotten there. */
  private List<String> still(String set, String owner, int most) {
    List<String> still = new ArrayList<>();
    if (most > 0) {
      for (String id : redis.run(it -> it.srandmember(set, most))) {
        byte[] now = redis.run(it -> it.hget(stateKey(id), bytes("owner")));
        if (now != null && text(now).equals(owner)) {
          still.add(id);
        } else {
          redis.run(it -> it.srem(set, id));
        }
      }
    }
    return still;
  }

  @Override
  public void leave() {
    redis.run(it -> it.del(alive(replica)));
  }

  private static String alive(String replica) {
    return "parley:replica:" + replica;
  }

  private static String owned(String replica) {
    return "parley:sessions:of:" + replica;
  }
}
