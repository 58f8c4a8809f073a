package dev.edge4j.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;

/**
 * Addresses that begin alike: {@code 10.0.0.0/8}, {@code 2001:db8::/32}, or one alone. Written strictly: four decimal numbers without leading zeros
 * (RFC 6943 section 3.1.1 tells of the others), or an IPv6 address in any of its forms (RFC 4291 section 2.2) without a zone; nothing is looked up. An IPv4 address
 * within IPv6 ({@code ::ffff:10.0.0.1}) is that address, in a block and in what is compared with it. Immutable.
 */
public final class AddressBlock {
  private static final int MAPPED_BITS = 96;
  private static final byte[] MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1};

  private final byte[] start;
  private final int bits;

  private AddressBlock(byte[] start, int bits) {
    this.start = start;
    this.bits = bits;
  }

  /** Reads an address or a block; {@link IllegalArgumentException} for anything else, and for a block that begins in its own middle. */
  public static AddressBlock of(String text) {
    return parse(text).orElseThrow(() -> new IllegalArgumentException("address block: \"" + text
        + "\" (expected: 192.0.2.7, 192.0.2.0/24 or 2001:db8::/32, no bits set behind the prefix)"));
  }

  private static Optional<AddressBlock> parse(String text) {
    int slash = text.indexOf('/');
    Optional<byte[]> address = address(slash < 0 ? text : text.substring(0, slash));
    if (address.isEmpty()) {
      return Optional.empty();
    }
    byte[] start = address.get();
    int most = start.length * 8;
    int bits = slash < 0 ? most : number(text.substring(slash + 1), most);
    if (bits >= MAPPED_BITS && isMapped(start)) {
      start = Arrays.copyOfRange(start, MAPPED.length, start.length);
      bits -= MAPPED_BITS;
    }
    return bits < 0 || !isZeroBehind(start, bits) ? Optional.empty() : Optional.of(new AddressBlock(start, bits));
  }

  /** An address as it is written, strictly and without asking anybody; empty for what is none. */
  public static Optional<InetAddress> parseAddress(String text) {
    return address(text).map(AddressBlock::inet);
  }

  private static InetAddress inet(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes); // makes an IPv4 address of one that is mapped
    } catch (UnknownHostException e) {
      throw new IllegalStateException("4 or 16 bytes", e);
    }
  }

  private static Optional<byte[]> address(String text) {
    return text.indexOf(':') < 0 ? ipv4(text) : ipv6(text);
  }

  private static Optional<byte[]> ipv4(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != 4) {
      return Optional.empty();
    }
    var bytes = new byte[4];
    for (int i = 0; i < 4; i++) {
      int part = number(parts[i], 255);
      if (part < 0) {
        return Optional.empty();
      }
      bytes[i] = (byte) part;
    }
    return Optional.of(bytes);
  }

  private static Optional<byte[]> ipv6(String text) {
    int gap = text.indexOf("::");
    if (gap >= 0 && text.indexOf("::", gap + 1) >= 0) {
      return Optional.empty();
    }
    Optional<byte[]> before = groups(gap < 0 ? text : text.substring(0, gap), gap < 0);
    Optional<byte[]> behind = gap < 0 ? Optional.of(new byte[0]) : groups(text.substring(gap + 2), true);
    if (before.isEmpty() || behind.isEmpty()) {
      return Optional.empty();
    }
    int length = before.get().length + behind.get().length;
    if (gap < 0 ? length != 16 : length > 14) {
      return Optional.empty();
    }
    byte[] bytes = Arrays.copyOf(before.get(), 16);
    System.arraycopy(behind.get(), 0, bytes, 16 - behind.get().length, behind.get().length);
    return Optional.of(bytes);
  }

  /** Groups of up to four hexadecimal digits, of which the last may be an IPv4 address. */
  private static Optional<byte[]> groups(String text, boolean last) {
    if (text.isEmpty()) {
      return Optional.of(new byte[0]);
    }
    String[] groups = text.split(":", -1);
    var bytes = new byte[groups.length * 2 + 2];
    int length = 0;
    for (int i = 0; i < groups.length; i++) {
      if (last && i == groups.length - 1 && groups[i].indexOf('.') > 0) {
        Optional<byte[]> four = ipv4(groups[i]);
        if (four.isEmpty()) {
          return Optional.empty();
        }
        System.arraycopy(four.get(), 0, bytes, length, 4);
        return Optional.of(Arrays.copyOf(bytes, length + 4));
      }
      if (!groups[i].matches("[0-9A-Fa-f]{1,4}")) {
        return Optional.empty();
      }
      int group = Integer.parseInt(groups[i], 16);
      bytes[length++] = (byte) (group >> 8);
      bytes[length++] = (byte) group;
    }
    return Optional.of(Arrays.copyOf(bytes, length));
  }

  /** Decimal without leading zeros, 0 to that; -1 for anything else. */
  private static int number(String digits, int most) {
    if (!digits.matches("0|[1-9][0-9]{0,2}")) {
      return -1;
    }
    int number = Integer.parseInt(digits);
    return number <= most ? number : -1;
  }

  private static boolean isMapped(byte[] address) {
    return address.length == 16 && Arrays.equals(address, 0, MAPPED.length, MAPPED, 0, MAPPED.length);
  }

  private static boolean isZeroBehind(byte[] address, int bits) {
    for (int bit = bits; bit < address.length * 8; bit++) {
      if (((address[bit / 8] >> (7 - bit % 8)) & 1) != 0) {
        return false;
      }
    }
    return true;
  }

  /** True if that address is one of these. */
  public boolean contains(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (isMapped(bytes)) {
      bytes = Arrays.copyOfRange(bytes, MAPPED.length, bytes.length);
    }
    if (bytes.length != start.length) {
      return false;
    }
    int whole = bits / 8;
    int rest = bits % 8;
    return Arrays.equals(bytes, 0, whole, start, 0, whole) && (rest == 0 || (((bytes[whole] ^ start[whole])
        & 0xFF) >> (8
            - rest)) == 0);
  }

  /** The lowest of its addresses. */
  public InetAddress first() {
    return inet(start);
  }

  /** How many bits its addresses have in common: 0 to 32 of an IPv4 address, 0 to 128 of another. */
  public int bits() {
    return bits;
  }

  /** As it is written, always in the same way. */
  @Override
  public String toString() {
    return inet(start).getHostAddress() + '/' + bits;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AddressBlock that && bits == that.bits && Arrays.equals(start, that.start);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(start) * 31 + bits;
  }
}
