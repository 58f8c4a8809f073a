package dev.edge4j.examples.benchmarks.driver;

/** What can be measured by itself. */
enum Part {
  /** Requests a second, and CPU for each. */
  SPEED,
  /** Latency at a fixed rate. */
  LATENCY,
  /** Light requests beside a route that keeps the processor. */
  BURN,
  /** From the start of the process to the first 200, and memory. */
  START,
  /** Hits of HTTP caches. */
  CACHE
}
