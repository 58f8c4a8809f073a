package dev.edge4j.server.channel;

import dev.edge4j.server.channel.ProxyHeader.Complete;
import dev.edge4j.server.channel.ProxyHeader.Incomplete;
import dev.edge4j.server.channel.ProxyHeader.Malformed;
import io.netty.buffer.ByteBuf;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** Version 2: a signature, a command, a family, a length, addresses, and then records that are skipped (section 2.2). */
final class ProxyBlock {
  private static final byte[] SIGNATURE = {'\r', '\n', '\r', '\n', 0, '\r', '\n', 'Q', 'U', 'I', 'T', '\n'};
  private static final int HEAD_BYTES = 16;

  /** The text allows 65,535; proxies that send a client's certificate along stay well below this. */
  private static final int MAX_BYTES = 16 * 1024;
  private static final int RECORD_HEAD_BYTES = 3;

  private ProxyBlock() {}

  static ProxyHeader read(ByteBuf bytes) {
    int from = bytes.readerIndex();
    int there = bytes.readableBytes();
    for (int i = 0; i < Math.min(there, SIGNATURE.length); i++) {
      if (bytes.getByte(from + i) != SIGNATURE[i]) {
        return new Malformed("it begins as neither version does");
      }
    }
    if (there > SIGNATURE.length && bytes.getByte(from + 12) >> 4 != 2) {
      return new Malformed("its version is not 2");
    }
    if (there < HEAD_BYTES) {
      return new Incomplete();
    }
    int command = bytes.getByte(from + 12) & 0xf;
    int length = bytes.getUnsignedShort(from + 14);
    if (command > 1) {
      return new Malformed("its command is neither LOCAL nor PROXY");
    }
    if (length > MAX_BYTES) {
      return new Malformed("it is longer than " + MAX_BYTES + " bytes");
    }
    if (there < HEAD_BYTES + length) {
      return new Incomplete();
    }
    if (command == 0) { // the proxy itself; what is there is to be skipped
      return new Complete(HEAD_BYTES + length, Optional.empty());
    }
    return addresses(bytes, from + HEAD_BYTES, length, bytes.getUnsignedByte(from + 13));
  }

  private static ProxyHeader addresses(ByteBuf bytes, int from, int length, int family) {
    int each = switch (family) {
      case 0x00 -> 0; // unspecified: the receiver skips all of it
      case 0x11 -> 4;
      case 0x21 -> 16;
      case 0x31 -> 108; // a path, of no use to us
      default -> -1; // datagrams, which cannot have come by a stream
    };
    if (each < 0) {
      return new Malformed("its family is not that of a stream");
    }
    int ports = each == 4 || each == 16 ? 4 : 0;
    int addresses = 2 * each + ports;
    if (length < addresses) {
      return new Malformed("it is too short for its addresses");
    }
    if (each > 0 && !areRecords(bytes, from + addresses, length - addresses)) {
      return new Malformed("a record behind its addresses does not fit");
    }
    return new Complete(HEAD_BYTES + length, ports == 0 ? Optional.empty() : Optional.of(address(bytes, from, each)));
  }

  /** A kind, two bytes of length, and so many bytes, again and again up to the end. */
  private static boolean areRecords(ByteBuf bytes, int from, int length) {
    int at = 0;
    while (length - at >= RECORD_HEAD_BYTES) {
      at += RECORD_HEAD_BYTES + bytes.getUnsignedShort(from + at + 1);
    }
    return at == length;
  }

  private static InetAddress address(ByteBuf bytes, int from, int length) {
    byte[] address = new byte[length];
    bytes.getBytes(from, address);
    try {
      return InetAddress.getByAddress(address);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address of " + length + " bytes", e);
    }
  }
}
