package dev.edge4j.server.transport;

import java.net.InetAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A block of addresses (RFC 4632 section 3.1, RFC 4291 section 2.3).
 *
 * @param base an address in it
 * @param bits how many of its leading bits all addresses in it have
 */
public record Network(InetAddress base, int bits) {
  private static final Pattern NOTATION = Pattern.compile(
      "((?:[0-9]{1,3}\\.){3}[0-9]{1,3}|[0-9a-fA-F]{0,4}:[0-9a-fA-F:.]{1,42})(?:/([0-9]{1,3}))?");

  /** Checks the length of the prefix. */
  public Network {
    if (bits < 0 || bits > base.getAddress().length * 8) {
      throw new IllegalArgumentException("network: " + base.getHostAddress() + "/" + bits + " (expected: 0 to "
          + base.getAddress().length * 8 + " bits)");
    }
  }

  /** Reads {@code 10.0.0.0/8}, {@code fd00::/8} or a single address. Names are refused: nobody is asked. */
  public static Network parse(String text) {
    Matcher matcher = NOTATION.matcher(text);
    if (!matcher.matches()) {
      throw malformed(text);
    }
    try {
      InetAddress base = InetAddress.ofLiteral(matcher.group(1));
      String bits = matcher.group(2);
      return new Network(base, bits == null ? base.getAddress().length * 8 : Integer.parseInt(bits));
    } catch (IllegalArgumentException e) {
      throw malformed(text);
    }
  }

  private static IllegalArgumentException malformed(String text) {
    return new IllegalArgumentException("network: \"" + text
        + "\" (expected: an address such as 10.0.0.7, or one with its leading bits such as 10.0.0.0/8 or fd00::/8)");
  }

  /** True if the address is in the block; one of the other family never is. */
  public boolean contains(InetAddress address) {
    byte[] ours = base.getAddress();
    byte[] theirs = address.getAddress();
    if (ours.length != theirs.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit += 8) {
      int mask = bits - bit >= 8 ? 0xff : (0xff << (8 - (bits - bit))) & 0xff;
      if (((ours[bit / 8] ^ theirs[bit / 8]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }
}
