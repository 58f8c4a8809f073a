package dev.edge4j;

import java.util.Optional;

/**
 * What was measured of one run of a gate.
 *
 * @param waits how often its thread parked, slept or waited
 * @param locks how often it was held up by a monitor
 * @param wallNanos from begin to end
 * @param cpuNanos of that, on the CPU
 * @param seen where a sample found it standing still, with the line of the gate
 * @param network true if it stood in a call to the network, which no counter shows
 */
record GateReading(long waits, long locks, long wallNanos, long cpuNanos, Optional<String> seen, boolean network) {
  boolean hasWaited() {
    return waits > 0 || locks > 0;
  }

  long offCpuNanos() {
    return Math.max(0, wallNanos - cpuNanos);
  }
}
