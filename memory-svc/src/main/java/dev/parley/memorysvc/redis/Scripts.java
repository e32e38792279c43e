package dev.parley.memorysvc.redis;

/** Lua that Redis runs whole. */
final class Scripts {

  /**
   * KEYS: session, sessions. ARGV: turn id, its time in microseconds, turns to keep, expiry and now
   * in milliseconds, session id, turn prefix, expiry of the person's sessions, then fields and
   * values.
   */
  static final String APPEND =
      """
      local turn = ARGV[7] .. ARGV[1]
      redis.call('DEL', turn)
      redis.call('HSET', turn, unpack(ARGV, 9))
      redis.call('ZADD', KEYS[1], ARGV[2], ARGV[1])
      local extra = redis.call('ZCARD', KEYS[1]) - tonumber(ARGV[3])
      if extra > 0 then
        for _, id in ipairs(redis.call('ZRANGE', KEYS[1], 0, extra - 1)) do
          redis.call('DEL', ARGV[7] .. id)
          redis.call('ZREM', KEYS[1], id)
        end
      end
      for _, id in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
        redis.call('PEXPIRE', ARGV[7] .. id, ARGV[4])
      end
      redis.call('PEXPIRE', KEYS[1], ARGV[4])
      redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', tonumber(ARGV[5]) - tonumber(ARGV[8]))
      redis.call('ZADD', KEYS[2], ARGV[5], ARGV[6])
      redis.call('PEXPIRE', KEYS[2], ARGV[8])
      return 1
      """;

  /** KEYS: session, sessions. ARGV: session id, turn prefix, then turn ids. */
  static final String REMOVE =
      """
      local gone = 0
      for i = 3, #ARGV do
        redis.call('DEL', ARGV[2] .. ARGV[i])
        gone = gone + redis.call('ZREM', KEYS[1], ARGV[i])
      end
      if redis.call('EXISTS', KEYS[1]) == 0 then
        redis.call('ZREM', KEYS[2], ARGV[1])
      end
      return gone
      """;

  private Scripts() {}
}
