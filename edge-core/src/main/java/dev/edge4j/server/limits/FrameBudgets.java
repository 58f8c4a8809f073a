package dev.edge4j.server.limits;

import java.time.Duration;
import java.util.stream.IntStream;

/**
 * How many frames of each kind that costs us more than the client one HTTP/2 connection may bring in a span of time. The first one past
 * its budget ends the connection with ENHANCE_YOUR_CALM.
 *
 * @param per the span of time
 * @param resets RST_STREAM, whether or not the stream's answer had ended (rapid reset, CVE-2023-44487)
 * @param madeResets streams that we have to reset for what the client sends on them (made-you-reset, CVE-2025-8671), or that it
 *        opens past {@link Http2Limits#maxConcurrentStreams}
 * @param settings SETTINGS
 * @param pings PING; one more for each DATA frame that we send
 * @param ignored PRIORITY, frames of unknown types, and what still comes on streams that we have reset
 * @param emptyData DATA frames without data that do not end their stream
 * @param tinyData DATA frames of fewer than 64 bytes that do not end their stream
 * @param windowUpdates WINDOW_UPDATE; four more for each DATA frame that we send
 */
public record FrameBudgets(Duration per, int resets, int madeResets, int settings, int pings, int ignored,
    int emptyData, int tinyData, int windowUpdates) {

  /** Refuses budgets that the first frame would exceed. */
  public FrameBudgets {
    int least = IntStream.of(resets, madeResets, settings, pings, ignored, emptyData, tinyData, windowUpdates)
        .min()
        .orElseThrow();
    if (least < 1 || !per.isPositive()) {
      throw new IllegalArgumentException("frame budgets: " + least + " of a kind in " + per
          + " (expected: at least 1 of each, in a span of time above zero)");
    }
  }

  /** In ten seconds: 200, 100, 50, 200, 1,000, 100, 2,000 and 1,000. */
  public static FrameBudgets defaults() {
    return new FrameBudgets(Duration.ofSeconds(10), 200, 100, 50, 200, 1_000, 100, 2_000, 1_000);
  }

  public FrameBudgets withPer(Duration newPer) {
    return new FrameBudgets(newPer, resets, madeResets, settings, pings, ignored, emptyData, tinyData, windowUpdates);
  }

  /** Sets how many streams may be reset, by the client and because of it. */
  public FrameBudgets withResets(int newResets, int newMadeResets) {
    return new FrameBudgets(per, newResets, newMadeResets, settings, pings, ignored, emptyData, tinyData,
        windowUpdates);
  }

  /** Sets how many frames there may be that carry no request: SETTINGS, PING, PRIORITY and unknown ones, WINDOW_UPDATE. */
  public FrameBudgets withControl(int newSettings, int newPings, int newIgnored, int newWindowUpdates) {
    return new FrameBudgets(per, resets, madeResets, newSettings, newPings, newIgnored, emptyData, tinyData,
        newWindowUpdates);
  }

  /** Sets how many DATA frames may be empty, and tiny. */
  public FrameBudgets withData(int newEmptyData, int newTinyData) {
    return new FrameBudgets(per, resets, madeResets, settings, pings, ignored, newEmptyData, newTinyData,
        windowUpdates);
  }
}
