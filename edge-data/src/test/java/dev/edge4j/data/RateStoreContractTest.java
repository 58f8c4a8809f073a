package dev.edge4j.data;

import dev.edge4j.data.contract.RateStoreContract;
import dev.edge4j.middleware.ratelimit.RateDecision;
import dev.edge4j.middleware.ratelimit.RatePolicy;
import dev.edge4j.middleware.ratelimit.RatePolicy.Algorithm;
import dev.edge4j.middleware.ratelimit.RateStore;
import dev.edge4j.testing.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The contract holds for the plainest store there is: a log of every token, and a bucket that leaks. */
class RateStoreContractTest extends RateStoreContract {
  private final VirtualClock clock = new VirtualClock();

  @Override
  protected RateStore open() {
    return new Plain(clock);
  }

  @Override
  protected void pass(Duration time) {
    clock.advance(time);
  }

  private static final class Plain implements RateStore {
    private final VirtualClock clock;
    /** The time of each token, and until when a bucket leaks. */
    private final Map<String, List<Long>> logs = new HashMap<>();
    private final Map<String, Long> full = new HashMap<>();

    Plain(VirtualClock clock) {
      this.clock = clock;
    }

    @Override
    public synchronized RateDecision take(String key, RatePolicy policy, int tokens) {
      return policy.algorithm() == Algorithm.GCRA ? leak(key, policy, tokens) : log(key, policy, tokens);
    }

    private RateDecision leak(String key, RatePolicy policy, int tokens) {
      long now = clock.nanoTime();
      long interval = policy.window().toNanos() / policy.requests();
      long ahead = Math.max(0, full.getOrDefault(key, now) - now);
      long over = ahead + interval * tokens - interval * policy.burst();
      if (over > 0) {
        return new RateDecision(false, policy.burst() - Math.ceilDiv(ahead, interval), over, ahead);
      }
      full.put(key, now + ahead + interval * tokens);
      return new RateDecision(true, -over / interval, 0, ahead + interval * tokens);
    }

    private RateDecision log(String key, RatePolicy policy, int tokens) {
      long now = clock.nanoTime();
      long window = policy.window().toNanos();
      List<Long> log = logs.computeIfAbsent(key, _ -> new ArrayList<>());
      log.removeIf(time -> now - time >= window);
      int left = policy.requests() - log.size();
      if (tokens > left) {
        return new RateDecision(false, left, log.get(tokens - left - 1) + window - now, log.getLast() + window - now);
      }
      for (int i = 0; i < tokens; i++) {
        log.add(now);
      }
      return new RateDecision(true, left - tokens, 0, window);
    }
  }
}
