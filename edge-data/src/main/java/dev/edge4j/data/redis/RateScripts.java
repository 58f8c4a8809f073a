package dev.edge4j.data.redis;

/**
 * The two algorithms of rate limits, on the clock of the server (microseconds). Numbers of Lua are doubles, exact up to 2^53: the
 * callers keep them below.
 *
 * <p>Both answer: allowed (0 or 1), remaining, retry after, reset. What is refused is not written.
 */
final class RateScripts {
  /**
   * GCRA, with how far the theoretical arrival time lies ahead instead of that time itself: a clock that is set back takes nothing
   * away then. The state is the moment of writing and how far ahead it was.
   *
   * <p>ARGV: interval, capacity, tokens; how many of their units a microsecond has (1 or 1000).
   */
  static final Script GCRA = Script.writing("rate limit (GCRA)", """
      local interval, capacity, tokens, unit = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
      local time = redis.call('TIME')
      local now = time[1] * 1000000 + time[2]
      local ahead = 0
      local known = redis.call('GET', KEYS[1])
      if known then
        local at, before = string.match(known, '^(%d+) (%d+)$')
        ahead = math.max(0, before - math.max(0, now - at) * unit)
      end
      local moved = ahead + interval * tokens
      if moved > capacity then
        return {0, math.max(0, math.floor((capacity - ahead) / interval)), moved - capacity, ahead}
      end
      redis.call('SET', KEYS[1], string.format('%.0f %.0f', now, moved), 'PX', math.ceil(moved / unit / 1000))
      return {1, math.floor((capacity - moved) / interval), 0, moved}
      """);

  /**
   * A sliding window counted in 32 slices and the one that runs, as in {@code SlidingWindow} of the core: never more than the limit
   * in any stretch as long as the window. The state is the start of the running slice, and the counts from it backwards.
   *
   * <p>ARGV: requests, microseconds of a slice, tokens.
   */
  static final Script SLIDING_WINDOW = Script.writing("rate limit (sliding window)", """
      local requests, slice, tokens = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
      local time = redis.call('TIME')
      local now = time[1] * 1000000 + time[2]
      local start, counts, used = now, {}, 0
      for i = 1, 33 do counts[i] = 0 end
      local known = redis.call('GET', KEYS[1])
      if known then
        local numbers = {}
        for number in string.gmatch(known, '%d+') do numbers[#numbers + 1] = tonumber(number) end
        local before = math.min(now, numbers[1])
        local passed = math.floor((now - before) / slice)
        start = before + passed * slice
        for i = 1, 33 - passed do
          counts[i + passed] = numbers[i + 1]
          used = used + numbers[i + 1]
        end
      end
      local function wait(freed)
        local free, oldest = 0, 34
        while free < freed do
          oldest = oldest - 1
          free = free + counts[oldest]
        end
        return start + (34 - oldest) * slice - now
      end
      local left = requests - used
      if tokens > left then
        return {0, math.max(0, left), wait(tokens - left), wait(used)}
      end
      counts[1] = counts[1] + tokens
      local reset = wait(used + tokens)
      redis.call('SET', KEYS[1], string.format('%.0f ', start) .. table.concat(counts, ' '), 'PX', math.ceil(reset / 1000))
      return {1, left - tokens, 0, reset}
      """);

  private RateScripts() {}
}
