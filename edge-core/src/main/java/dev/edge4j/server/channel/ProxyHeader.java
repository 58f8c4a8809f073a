package dev.edge4j.server.channel;

import io.netty.buffer.ByteBuf;
import java.net.InetAddress;
import java.util.Optional;

/**
 * What the first bytes of a connection are by the PROXY protocol, versions 1 and 2 (haproxy.org, proxy-protocol.txt of 2020). Decided from
 * the bytes alone, however they were split; nothing is read off the buffer.
 */
public sealed interface ProxyHeader {
  /** It is not all there; so far it may be one. */
  record Incomplete() implements ProxyHeader {}

  /** It is none. */
  record Malformed(String reason) implements ProxyHeader {}

  /**
   * It is one.
   *
   * @param length so many bytes, behind which what the client sent begins
   * @param client the client's address; empty if the proxy speaks for itself (health checks), or the client has no address
   */
  record Complete(int length, Optional<InetAddress> client) implements ProxyHeader {}

  /** Reads it from the buffer's reader index on. */
  static ProxyHeader read(ByteBuf bytes) {
    if (!bytes.isReadable()) {
      return new Incomplete();
    }
    return bytes.getByte(bytes.readerIndex()) == 'P' ? ProxyLine.read(bytes) : ProxyBlock.read(bytes);
  }
}
