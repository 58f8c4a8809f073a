package dev.edge4j.state;

import dev.edge4j.json.JsonCodec;
import java.time.Duration;
import java.time.InstantSource;

/**
 * What may be chosen when a folder of objects is opened.
 *
 * @param shards number of files, 1 to 16, for a folder that is new; one that exists keeps the number it was made with. Each file
 *     has one writer that gathers the commits of many objects; past four there is little to gain
 * @param idleAfter how long an object without calls stays in memory
 * @param mailbox how many calls may wait for one object, the running one not counted
 * @param clock tells how long an object has been idle
 * @param codec carries arguments, results and stored values
 */
public record DurableObjectsOptions(int shards, Duration idleAfter, int mailbox, InstantSource clock, JsonCodec codec) {
  /** Throws {@link IllegalArgumentException} for a number or a time out of range. */
  public DurableObjectsOptions {
    if (shards < 1 || shards > 16) {
      throw new IllegalArgumentException("shards: " + shards + " (expected: 1 to 16)");
    }
    if (!idleAfter.isPositive()) {
      throw new IllegalArgumentException("idleAfter: " + idleAfter + " (expected: a positive duration)");
    }
    if (mailbox < 1) {
      throw new IllegalArgumentException("mailbox: " + mailbox + " (expected: at least 1)");
    }
  }

  /** Four files, two minutes, 1,000 calls, the system's clock, Jackson. */
  public static DurableObjectsOptions defaults() {
    return new DurableObjectsOptions(4, Duration.ofMinutes(2), 1_000, InstantSource.system(), JsonCodec.jackson());
  }

  public DurableObjectsOptions withShards(int number) {
    return new DurableObjectsOptions(number, idleAfter, mailbox, clock, codec);
  }

  public DurableObjectsOptions withIdleAfter(Duration time) {
    return new DurableObjectsOptions(shards, time, mailbox, clock, codec);
  }

  public DurableObjectsOptions withMailbox(int bound) {
    return new DurableObjectsOptions(shards, idleAfter, bound, clock, codec);
  }

  public DurableObjectsOptions withClock(InstantSource source) {
    return new DurableObjectsOptions(shards, idleAfter, mailbox, source, codec);
  }

  public DurableObjectsOptions withCodec(JsonCodec other) {
    return new DurableObjectsOptions(shards, idleAfter, mailbox, clock, other);
  }
}
