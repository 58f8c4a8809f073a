package dev.edge4j.testing;

import java.net.InetAddress;
import java.time.Duration;

/**
 * A place that visitors come from; see {@link TestClient#from(Region)}.
 *
 * @param name what tests call it
 * @param address the address its requests come from; to be played over a socket it must be one of this machine
 * @param country ISO 3166-1 alpha-2 code, which a CDN would tell
 * @param latency the round trip between there and the application
 */
public record Region(String name, InetAddress address, String country, Duration latency) {
  /** Checks the latency. */
  public Region {
    if (latency.isNegative()) {
      throw new IllegalArgumentException("latency of " + name + ": " + latency + " (expected: not negative)");
    }
  }

  /** A region whose address is given as a literal: {@code Region.of("tokyo", "127.0.0.4", "JP", Duration.ofMillis(240))}. */
  public static Region of(String name, String address, String country, Duration latency) {
    return new Region(name, InetAddress.ofLiteral(address), country, latency);
  }

  /** With another round trip. */
  public Region withLatency(Duration newLatency) {
    return new Region(name, address, country, newLatency);
  }

  /** The name, which is what a parameterised test shows. */
  @Override
  public String toString() {
    return name;
  }
}
