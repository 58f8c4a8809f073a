package dev.edge4j.server.channel;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.edge4j.server.channel.ProxyHeader.Complete;
import dev.edge4j.server.channel.ProxyHeader.Incomplete;
import dev.edge4j.server.channel.ProxyHeader.Malformed;
import io.netty.buffer.ByteBuf;
import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/** Version 1: one line for people, {@code PROXY TCP4 192.0.2.1 192.0.2.2 56324 443} and CR LF (section 2.1). */
final class ProxyLine {
  private static final int MAX_BYTES = 107;
  private static final String PREFIX = "PROXY ";
  private static final Pattern IPV4 = Pattern.compile(
      "(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(?:\\.(?!$)|$)){4}");
  private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:]{2,39}|[0-9a-fA-F:]{2,29}:[0-9.]{7,15}");
  private static final Pattern PORT = Pattern.compile("0|[1-9][0-9]{0,4}");
  private static final int MAX_PORT = 65_535;
  private static final int PARTS = 6;

  private ProxyLine() {}

  static ProxyHeader read(ByteBuf bytes) {
    int there = Math.min(bytes.readableBytes(), MAX_BYTES);
    String start = bytes.toString(bytes.readerIndex(), there, ISO_8859_1);
    if (!start.regionMatches(0, PREFIX, 0, Math.min(there, PREFIX.length()))) {
      return new Malformed("it does not begin with \"PROXY \"");
    }
    int end = start.indexOf('\r');
    int lineFeed = start.indexOf('\n');
    boolean loneLineFeed = lineFeed >= 0 && lineFeed != end + 1;
    boolean loneReturn = end >= 0 && end + 1 < there && lineFeed != end + 1;
    if (loneLineFeed || loneReturn) {
      return new Malformed("its line does not end in CR LF");
    }
    if (end < 0 || end + 1 == there) {
      return there == MAX_BYTES ? new Malformed("its line is longer than 107 bytes") : new Incomplete();
    }
    return line(start.substring(PREFIX.length(), end), end + 2);
  }

  private static ProxyHeader line(String line, int length) {
    String[] parts = ("PROXY " + line).split(" ", -1);
    if (parts[1].equals("UNKNOWN")) { // what follows is to be ignored
      return new Complete(length, Optional.empty());
    }
    Pattern family = switch (parts[1]) {
      case "TCP4" -> IPV4;
      case "TCP6" -> IPV6;
      default -> null;
    };
    if (family == null) {
      return new Malformed("it names no protocol of TCP4, TCP6 and UNKNOWN");
    }
    if (parts.length != PARTS || !isPort(parts[4]) || !isPort(parts[5])) {
      return new Malformed("it has not two addresses and two ports, one space between them");
    }
    if (!family.matcher(parts[2]).matches() || !family.matcher(parts[3]).matches()) {
      return new Malformed("an address is not of its family");
    }
    try {
      InetAddress client = InetAddress.ofLiteral(parts[2]);
      InetAddress.ofLiteral(parts[3]);
      return new Complete(length, Optional.of(client));
    } catch (IllegalArgumentException e) {
      return new Malformed("an address is not one");
    }
  }

  private static boolean isPort(String text) {
    return PORT.matcher(text).matches() && Integer.parseInt(text) <= MAX_PORT;
  }
}
