package dev.parley.orchestrator.redis;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A script of the server, called by its digest once the server knows it. */
record Script(byte[] text, byte[] digest) {

  static Script of(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try {
      byte[] sha = MessageDigest.getInstance("SHA-1").digest(bytes);
      byte[] hex = HexFormat.of().formatHex(sha).getBytes(StandardCharsets.UTF_8);
      return new Script(bytes, hex);
    } catch (NoSuchAlgorithmException never) {
      throw new IllegalStateException(never);
    }
  }

  /**
   * Appends events with a fencing token. Keys: small events, media, state. Arguments: expiry in
   * milliseconds, bytes of media and numbers kept, token, 1 where there is a state, the state, then
   * number, 1 for media, and member of each event. Returns -1 when a higher token was seen.
   */
  static final Script APPEND =
      of(
          """
          local seen = tonumber(redis.call('HGET', KEYS[3], 'token') or '0')
          local token = tonumber(ARGV[4])
          if token > 0 and token < seen then return -1 end
          if token > seen then redis.call('HSET', KEYS[3], 'token', ARGV[4]) end
          if ARGV[5] == '1' then redis.call('HSET', KEYS[3], 'record', ARGV[6]) end
          local last = tonumber(redis.call('HGET', KEYS[3], 'last') or '0')
          local held = tonumber(redis.call('HGET', KEYS[3], 'media') or '0')
          for i = 7, #ARGV, 3 do
            local seq = tonumber(ARGV[i])
            local at = ARGV[i + 1] == '1' and KEYS[2] or KEYS[1]
            if seq > last or
                redis.call('ZCOUNT', KEYS[1], seq, seq) + redis.call('ZCOUNT', KEYS[2], seq, seq)
                    == 0 then
              redis.call('ZADD', at, ARGV[i], ARGV[i + 2])
              if at == KEYS[2] then held = held + #ARGV[i + 2] - 20 end
            end
            if seq > last then last = seq end
          end
          if #ARGV > 6 then
            local gone = last - tonumber(ARGV[3])
            if gone > 0 then redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', gone) end
            local oldest = redis.call('ZRANGE', KEYS[2], 0, 0, 'WITHSCORES')
            while #oldest > 0 and (held > tonumber(ARGV[2]) or tonumber(oldest[2]) <= gone) do
              redis.call('ZREM', KEYS[2], oldest[1])
              held = held - #oldest[1] + 20
              oldest = redis.call('ZRANGE', KEYS[2], 0, 0, 'WITHSCORES')
            end
            redis.call('HSET', KEYS[3], 'last', string.format('%d', last), 'media',
                string.format('%d', held))
          end
          for i = 1, 3 do redis.call('PEXPIRE', KEYS[i], ARGV[1]) end
          return last
          """);

  /**
   * Claims a session. Key: its state. Arguments: who claims, the owner it may be taken from, expiry
   * in milliseconds. Returns the new token and the owner before, or 0 and the owner that has it.
   * Tokens rise even over an expiry, since none is lower than the server's clock.
   */
  static final Script CLAIM =
      of(
          """
          local owner = redis.call('HGET', KEYS[1], 'owner') or ''
          if owner ~= '' and owner ~= ARGV[1] and owner ~= ARGV[2] then return {'0', owner} end
          local time = redis.call('TIME')
          local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
          local seen = tonumber(redis.call('HGET', KEYS[1], 'token') or '0')
          local token = string.format('%.0f', math.max(seen + 1, now))
          redis.call('HSET', KEYS[1], 'owner', ARGV[1], 'token', token)
          redis.call('PEXPIRE', KEYS[1], ARGV[3])
          return {token, owner}
          """);

  /** Lets go of a session. Key: its state. Arguments: owner and token. Returns 1 where it did. */
  static final Script RELEASE =
      of(
          """
          if redis.call('HGET', KEYS[1], 'owner') ~= ARGV[1]
              or redis.call('HGET', KEYS[1], 'token') ~= ARGV[2] then return 0 end
          redis.call('HSET', KEYS[1], 'owner', '')
          return 1
          """);

  /**
   * Drops a session. Keys: small events, media, state. Argument: how long whoever still writes is
   * refused, in milliseconds. Returns whether there was anything.
   */
  static final Script DROP =
      of(
          """
          local seen = tonumber(redis.call('HGET', KEYS[3], 'token') or '0')
          local there = redis.call('DEL', KEYS[1], KEYS[2], KEYS[3])
          if seen > 0 then
            redis.call('HSET', KEYS[3], 'token', string.format('%.0f', seen + 1))
            redis.call('PEXPIRE', KEYS[3], ARGV[1])
          end
          return there
          """);
}
