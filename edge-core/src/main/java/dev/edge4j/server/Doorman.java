package dev.edge4j.server;

import dev.edge4j.server.limits.ClientLimits;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts connections, all together and by address, and lets in no more than the limits say. Safe for use by many threads. */
final class Doorman {
  /** The part of an IPv6 address that one client has all the rest of. */
  private static final int IPV6_NETWORK_BYTES = 8;

  private final ClientLimits limits;
  private final AtomicInteger all = new AtomicInteger();
  private final ConcurrentHashMap<Origin, Integer> byOrigin = new ConcurrentHashMap<>();

  /** Whom connections are counted for: a hash map compares arrays by identity, hence equals. */
  private record Origin(byte[] network) {
    static Origin of(InetAddress address) {
      byte[] bytes = address.getAddress();
      return new Origin(bytes.length > IPV6_NETWORK_BYTES ? Arrays.copyOf(bytes, IPV6_NETWORK_BYTES) : bytes);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Origin that && Arrays.equals(network, that.network);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(network);
    }
  }

  Doorman(ClientLimits limits) {
    this.limits = limits;
  }

  /** True if there may be one more connection, whosever it is; then it must {@link #leave()}. */
  boolean tryEnter() {
    if (all.incrementAndGet() > limits.maxConnections()) {
      all.decrementAndGet();
      return false;
    }
    return true;
  }

  void leave() {
    all.decrementAndGet();
  }

  /** True if one of those that have entered may come from that address; then it must {@link #leave(InetAddress)} too. */
  boolean tryEnter(InetAddress address) {
    if (byOrigin.merge(Origin.of(address), 1, Integer::sum) > limits.maxConnectionsPerAddress()) {
      leave(address);
      return false;
    }
    return true;
  }

  void leave(InetAddress address) {
    var _ = byOrigin.computeIfPresent(Origin.of(address), (_, count) -> count == 1 ? null : count - 1);
  }
}
