package dev.edge4j.data.redis;

/**
 * What {@link RedisKv} has the server do in one step each.
 *
 * <p>Of a key there are: a hash with its value (v), version (n), metadata (m) and expiry in milliseconds (x), which Redis lets expire; its
 * name in a sorted set in which all have the same score, so that Redis orders them by their bytes; and, if it expires, its name in a
 * sorted set by expiry, from which is swept what Redis has let expire.
 *
 * <p>Versions are one count for the whole store, so nothing need be remembered of what was deleted. The count is never behind the
 * server's clock in microseconds: if a server loses its last writes in a crash, or all of them, no version is given twice.
 *
 * <p>KEYS: the count, the names, the expiries, then the hashes. ARGV begins with what hashes are called before the key's name, and the
 * channel that tells changes.
 */
final class KvScripts {
  private static final String COMMON = """
      local time = redis.call('TIME')
      local micros = time[1] * 1000000 + time[2]
      local millis = math.floor(micros / 1000)
      local count, names, expiries, hashes, channel = KEYS[1], KEYS[2], KEYS[3], ARGV[1], ARGV[2]
      local function next_version()
        local version = string.format('%.0f', math.max(micros, (redis.call('GET', count) or 0) + 1))
        redis.call('SET', count, version)
        return version
      end
      local function forget(key)
        redis.call('ZREM', names, key)
        redis.call('ZREM', expiries, key)
      end
      local function sweep(most)
        local old = redis.call('ZRANGEBYSCORE', expiries, '-inf', '(' .. string.format('%.0f', millis), 'LIMIT', 0, most)
        for _, key in ipairs(old) do
          if redis.call('EXISTS', hashes .. key) == 0 then forget(key) end
        end
        return #old
      end
      """;

  /** Reads some keys. Answers value, version, metadata or "" and expiry or "" of each; the version is "" if it is not there. */
  static final Script READ = Script.reading("entries", """
      local answer = {}
      for i = 4, #KEYS do
        local known = redis.call('HMGET', KEYS[i], 'v', 'n', 'm', 'x')
        for j = 1, 4 do answer[#answer + 1] = known[j] or '' end
      end
      return answer
      """);

  /**
   * Puts all of some values. ARGV: ttl or "", expiry or "", metadata or "", the version that must be there or "" (0 for none), then
   * key and value of each. Answers the versions, or 0 if another one was there.
   */
  static final Script PUT = Script.writing("put", COMMON + """
      local ttl, expiry, metadata, expected = ARGV[3], ARGV[4], ARGV[5], ARGV[6]
      if expected ~= '' and (redis.call('HGET', KEYS[4], 'n') or '0') ~= expected then return {0} end
      if ttl ~= '' then expiry = string.format('%.0f', math.min(millis + ttl, 253402300799999)) end
      local versions = {}
      for i = 4, #KEYS do
        local hash, key, value = KEYS[i], ARGV[i * 2 - 1], ARGV[i * 2]
        local version = next_version()
        redis.call('DEL', hash)
        if expiry ~= '' and tonumber(expiry) <= millis then
          forget(key)
        else
          redis.call('HSET', hash, 'v', value, 'n', version)
          redis.call('ZADD', names, 0, key)
          if metadata ~= '' then redis.call('HSET', hash, 'm', metadata) end
          if expiry ~= '' then
            redis.call('HSET', hash, 'x', expiry)
            redis.call('PEXPIREAT', hash, expiry)
            redis.call('ZADD', expiries, expiry, key)
          else
            redis.call('ZREM', expiries, key)
          end
        end
        redis.call('PUBLISH', channel, '+' .. key)
        versions[#versions + 1] = tonumber(version)
      end
      sweep(16)
      return versions
      """);

  /** Deletes a key. ARGV: the key, the version that must be there or "". Answers 1 if it was there. */
  static final Script DELETE = Script.writing("delete", COMMON + """
      local hash, key, expected = KEYS[4], ARGV[3], ARGV[4]
      local version = redis.call('HGET', hash, 'n')
      if not version then forget(key) end
      if not version or expected ~= '' and version ~= expected then return {0} end
      redis.call('DEL', hash)
      forget(key)
      redis.call('PUBLISH', channel, '-' .. key)
      sweep(16)
      return {1}
      """);

  /** Moves an expiry. ARGV: the key, the ttl. Answers the version, or 0 if there is no value. */
  static final Script TOUCH = Script.writing("touch", COMMON + """
      local hash, key, ttl = KEYS[4], ARGV[3], ARGV[4]
      if redis.call('EXISTS', hash) == 0 then return {0} end
      local version = next_version()
      local expiry = string.format('%.0f', math.min(millis + ttl, 253402300799999))
      redis.call('HSET', hash, 'n', version, 'x', expiry)
      redis.call('PEXPIREAT', hash, expiry)
      redis.call('ZADD', expiries, expiry, key)
      redis.call('PUBLISH', channel, '+' .. key)
      return {tonumber(version)}
      """);

  /**
   * Some keys in order. ARGV: from, to (of ZRANGEBYLEX), how many names to look at. Answers the last name that was looked at if there may
   * be more, else "", then name, expiry or "" and metadata or "" of each. Names without a value are swept out.
   */
  static final Script PAGE = Script.reading("page", COMMON + """
      local from, to, most = ARGV[3], ARGV[4], tonumber(ARGV[5])
      local found = redis.call('ZRANGEBYLEX', names, from, to, 'LIMIT', 0, most)
      local answer = {#found == most and found[most] or ''}
      for _, key in ipairs(found) do
        local known = redis.call('HMGET', hashes .. key, 'n', 'x', 'm')
        if known[1] then
          answer[#answer + 1] = key
          answer[#answer + 1] = known[2] or ''
          answer[#answer + 1] = known[3] or ''
        else
          forget(key)
        end
      end
      return answer
      """);

  /** Sweeps out names of what has expired. ARGV: how many to look at. Answers how many there were. */
  static final Script SWEEP = Script.writing("sweep", COMMON + """
      return {sweep(tonumber(ARGV[3]))}
      """);

  private KvScripts() {}
}
