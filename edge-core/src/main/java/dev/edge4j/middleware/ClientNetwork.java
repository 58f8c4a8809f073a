package dev.edge4j.middleware;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * Whom an address is counted as: itself, or of IPv6 its /64, for one host has that many addresses to itself (RFC 6177).
 *
 * @param bits the address, or its first half
 */
record ClientNetwork(long bits, boolean v6) {
  static ClientNetwork of(InetAddress address) {
    ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
    return address instanceof Inet6Address ? new ClientNetwork(bytes.getLong(), true)
        : new ClientNetwork(bytes.getInt(), false);
  }

  /** As it stands in a key of a store. */
  @Override
  public String toString() {
    return v6 ? Long.toHexString(bits) + "/64" : Long.toHexString(bits & 0xFFFFFFFFL);
  }
}
