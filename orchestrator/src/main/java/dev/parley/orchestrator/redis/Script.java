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
   * Appends packs of events with a fencing token; a pack that all came before is left alone. Keys:
   * small events, media, state; they expire together, and that is put off when they begin, with
   * each state, and every 64 numbers. Arguments: expiry in milliseconds, bytes of media and numbers
   * kept, token, 1 where there is a state, the state, the highest number or 0, then 1 for media,
   * last number, and member of each pack. Returns -1 when a higher token was seen.
   */
  static final Script APPEND =
      of(
          """
          local kept = redis.call('HMGET', KEYS[3], 'token', 'last', 'media')
          local seen = tonumber(kept[1] or '0')
          local token = tonumber(ARGV[4])
          if token > 0 and token < seen then return -1 end
          local last = tonumber(kept[2] or '0')
          local held = tonumber(kept[3] or '0')
          local highest = tonumber(ARGV[7])
          local renew = ARGV[5] == '1' or last == 0 or held == 0
              or math.floor(highest / 64) > math.floor(last / 64)
          local now = {}
          if token > seen then now = {'token', ARGV[4]} end
          if ARGV[5] == '1' then
            now[#now + 1] = 'record'
            now[#now + 1] = ARGV[6]
          end
          for i = 8, #ARGV, 3 do
            if tonumber(ARGV[i + 1]) > last then
              local media = ARGV[i] == '1'
              redis.call('XADD', media and KEYS[2] or KEYS[1], ARGV[i + 1], 'p', ARGV[i + 2])
              if media then held = held + #ARGV[i + 2] end
            end
          end
          if highest > 0 then
            if highest > last then last = highest end
            local gone = last - tonumber(ARGV[3])
            if gone > 0 then redis.call('XTRIM', KEYS[1], 'MINID', '=', gone + 1) end
            while held > tonumber(ARGV[2]) or gone > 0 do
              local oldest = redis.call('XRANGE', KEYS[2], '-', '+', 'COUNT', 1)[1]
              if not oldest then break end
              local number = tonumber(string.match(oldest[1], '%d+'))
              if held <= tonumber(ARGV[2]) and number > gone then break end
              redis.call('XTRIM', KEYS[2], 'MINID', '=', number + 1)
              held = held - #oldest[2][2]
            end
            now[#now + 1] = 'last'
            now[#now + 1] = string.format('%d', last)
            now[#now + 1] = 'media'
            now[#now + 1] = string.format('%d', held)
          end
          if #now > 0 then redis.call('HSET', KEYS[3], unpack(now)) end
          if renew then
            for i = 1, 3 do redis.call('PEXPIRE', KEYS[i], ARGV[1]) end
          end
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
