package dev.edge4j.state;

import dev.edge4j.json.JsonCodec;
import dev.edge4j.state.limit.Limits;
import java.time.Duration;
import java.time.InstantSource;

/**
 * What may be chosen when a folder of objects is opened.
 *
 * @param shards number of files, 1 to 16, for a folder that is new; one that exists keeps the number it was made with. Each file
 *     has one writer that gathers the commits of many objects; past four there is little to gain
 * @param idleAfter how long an object without calls stays in memory
 * @param mailbox how many calls may wait for one object, the running one not counted
 * @param waitAtMost how long a call may wait for its turn; what waited longer is refused
 * @param repliesKept for how long the reply to a request with an id is kept; that to a message is kept at least until the message is gone
 * @param clock tells how long an object has been idle, and when alarms are due
 * @param codec carries arguments, results and stored values
 */
public record DurableObjectsOptions(int shards, Duration idleAfter, int mailbox, Duration waitAtMost,
    Duration repliesKept, InstantSource clock, JsonCodec codec) {
  /** Throws {@link IllegalArgumentException} for a number or a time out of range. */
  public DurableObjectsOptions {
    if (shards < 1 || shards > 16) {
      throw new IllegalArgumentException("shards: " + shards + " (expected: 1 to 16)");
    }
    Limits.checkIdleAfter(idleAfter);
    Limits.checkMailbox(mailbox);
    if (!waitAtMost.isPositive() || !repliesKept.isPositive()) {
      throw new IllegalArgumentException("waitAtMost, repliesKept: " + waitAtMost + ", " + repliesKept
          + " (expected: positive durations)");
    }
  }

  /** Four files, two minutes, 1,000 calls that wait thirty seconds at most, replies for a day, the system's clock, Jackson. */
  public static DurableObjectsOptions defaults() {
    return new DurableObjectsOptions(4, Duration.ofMinutes(2), 1_000, Duration.ofSeconds(30), Duration.ofDays(1),
        InstantSource.system(), JsonCodec.jackson());
  }

  public DurableObjectsOptions withShards(int number) {
    return new DurableObjectsOptions(number, idleAfter, mailbox, waitAtMost, repliesKept, clock, codec);
  }

  public DurableObjectsOptions withIdleAfter(Duration time) {
    return new DurableObjectsOptions(shards, time, mailbox, waitAtMost, repliesKept, clock, codec);
  }

  public DurableObjectsOptions withMailbox(int bound) {
    return new DurableObjectsOptions(shards, idleAfter, bound, waitAtMost, repliesKept, clock, codec);
  }

  public DurableObjectsOptions withWaitAtMost(Duration time) {
    return new DurableObjectsOptions(shards, idleAfter, mailbox, time, repliesKept, clock, codec);
  }

  public DurableObjectsOptions withRepliesKept(Duration time) {
    return new DurableObjectsOptions(shards, idleAfter, mailbox, waitAtMost, time, clock, codec);
  }

  public DurableObjectsOptions withClock(InstantSource source) {
    return new DurableObjectsOptions(shards, idleAfter, mailbox, waitAtMost, repliesKept, source, codec);
  }

  public DurableObjectsOptions withCodec(JsonCodec other) {
    return new DurableObjectsOptions(shards, idleAfter, mailbox, waitAtMost, repliesKept, clock, other);
  }
}
