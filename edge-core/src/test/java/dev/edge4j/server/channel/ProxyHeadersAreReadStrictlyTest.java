package dev.edge4j.server.channel;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The PROXY protocol is read as its text says, and nothing else is taken for it, however the bytes were split. */
class ProxyHeadersAreReadStrictlyTest {
  private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";
  private static final String REST = "GET / HTTP/1.1\r\n";

  /** A header, and the client it names; {@code -} for none; {@code !} if it is malformed. */
  record Case(String name, byte[] bytes, String client) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> good() {
    String a6 = "20010db8000000000000000000000007";
    return Stream.of(
        one("PROXY TCP4 192.0.2.1 198.51.100.1 56324 443\r\n", "192.0.2.1"),
        one("PROXY TCP4 0.0.0.0 255.255.255.255 0 65535\r\n", "0.0.0.0"),
        one("PROXY TCP6 2001:db8::7 2001:db8::1 1 2\r\n", "2001:db8:0:0:0:0:0:7"),
        one("PROXY TCP6 ffff:f0f0:ffff:ffff:ffff:ffff:ffff:ffff ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff 65535 65535\r\n",
            "ffff:f0f0:ffff:ffff:ffff:ffff:ffff:ffff"),
        one("PROXY UNKNOWN\r\n", "-"),
        one("PROXY UNKNOWN anything at all\r\n", "-"),
        one("PROXY UNKNOWN " + "f".repeat(107 - 16) + "\r\n", "-"),
        two("a proxied IPv4", "21" + "11" + "000c" + "c0000201" + "c6336401" + "dc04" + "01bb", "192.0.2.1"),
        two("a proxied IPv6", "21" + "21" + "0024" + a6 + a6 + "dc04" + "01bb", "2001:db8:0:0:0:0:0:7"),
        two("a proxied unix socket", "21" + "31" + "00d8" + "2f".repeat(216), "-"),
        two("unspecified", "21" + "00" + "0000", "-"),
        two("unspecified with what is to be skipped", "21" + "00" + "0005" + "0102030405", "-"),
        two("local", "20" + "00" + "0000", "-"),
        two("local with addresses to be skipped", "20" + "11" + "000c" + "c0000201" + "c6336401" + "dc04" + "01bb",
            "-"),
        two("local of a family nobody knows", "20" + "7f" + "0001" + "00", "-"),
        two("a record", "21" + "11" + "0014" + "c0000201" + "c6336401" + "dc04" + "01bb" + "01" + "0005" + "6832000000",
            "192.0.2.1"),
        two("two records, one empty", "21" + "11" + "0013" + "c0000201" + "c6336401" + "dc0401bb" + "04" + "0000" + "05"
            + "0001" + "ff", "192.0.2.1"));
  }

  static Stream<Case> bad() {
    return Stream.of(
        one("GET / HTTP/1.1\r\n", "!"), one("proxy TCP4 192.0.2.1 198.51.100.1 1 2\r\n", "!"),
        one("PROXY\tTCP4 192.0.2.1 198.51.100.1 1 2\r\n", "!"), one("PROXY \r\n", "!"), one("PROXY  TCP4 1 2\r\n", "!"),
        one("PROXY TCP5 192.0.2.1 198.51.100.1 1 2\r\n", "!"), one("PROXY UNKNOWNS\r\n", "!"),
        one("PROXY TCP4\r\n", "!"), one("PROXY TCP4 192.0.2.1 198.51.100.1 1\r\n", "!"),
        one("PROXY TCP4 192.0.2.1 198.51.100.1 1 2 3\r\n", "!"), one("PROXY TCP4 192.0.2.1 198.51.100.1 1 2 \r\n", "!"),
        one("PROXY TCP4 192.0.2.1  198.51.100.1 1 2\r\n", "!"), one("PROXY TCP4 192.0.2.256 198.51.100.1 1 2\r\n", "!"),
        one("PROXY TCP4 192.0.2 198.51.100.1 1 2\r\n", "!"), one("PROXY TCP4 192.0.2.1. 198.51.100.1 1 2\r\n", "!"),
        one("PROXY TCP4 192.0.02.1 198.51.100.1 1 2\r\n", "!"), one("PROXY TCP4 3221225985 198.51.100.1 1 2\r\n", "!"),
        one("PROXY TCP4 0x7f.1.1.1 198.51.100.1 1 2\r\n", "!"), one("PROXY TCP4 ::1 ::1 1 2\r\n", "!"),
        one("PROXY TCP4 localhost 198.51.100.1 1 2\r\n", "!"), one("PROXY TCP6 192.0.2.1 198.51.100.1 1 2\r\n", "!"),
        one("PROXY TCP6 2001:db8::1::2 ::1 1 2\r\n", "!"), one("PROXY TCP6 fe80::1%eth0 ::1 1 2\r\n", "!"),
        one("PROXY TCP6 ::1 nobody 1 2\r\n", "!"), one("PROXY TCP4 192.0.2.1 198.51.100.1 65536 2\r\n", "!"),
        one("PROXY TCP4 192.0.2.1 198.51.100.1 -1 2\r\n", "!"), one("PROXY TCP4 192.0.2.1 198.51.100.1 +1 2\r\n", "!"),
        one("PROXY TCP4 192.0.2.1 198.51.100.1 01 2\r\n", "!"), one("PROXY TCP4 192.0.2.1 198.51.100.1 1 x\r\n", "!"),
        one("PROXY TCP4 192.0.2.1 198.51.100.1 1 2\n", "!"), one("PROXY TCP4 192.0.2.1 198.51.100.1 1 2\rG", "!"),
        one("PROXY TCP4 192.0.2.1 198.51.100.1 1 2\r\r\n", "!"), one("PROXY UNKNOWN " + "f".repeat(92) + "\r\n", "!"),
        one("PROXY UNKNOWN " + "f".repeat(200), "!"), one("\u0016\u0003\u0001\u0002\u0000\u0001", "!"),
        new Case("a signature with one wrong byte", bytes("0d0a0d0a000d0a515549540b210000"), "!"),
        new Case("empty lines", "\r\n\r\nGET / HTTP/1.1\r\n".getBytes(ISO_8859_1), "!"),
        two("version 1 in the form of 2", "11" + "11" + "000c" + "c0000201" + "c6336401" + "dc0401bb", "!"),
        two("version 3", "31" + "11" + "000c" + "c0000201" + "c6336401" + "dc0401bb", "!"),
        two("a command nobody knows", "22" + "11" + "000c" + "c0000201" + "c6336401" + "dc0401bb", "!"),
        two("datagrams", "21" + "12" + "000c" + "c0000201" + "c6336401" + "dc0401bb", "!"),
        two("a family nobody knows", "21" + "41" + "000c" + "c0000201" + "c6336401" + "dc0401bb", "!"),
        two("IPv4 without a transport", "21" + "10" + "000c" + "c0000201" + "c6336401" + "dc0401bb", "!"),
        two("too short for IPv4", "21" + "11" + "000b" + "c0000201" + "c6336401" + "dc0401", "!"),
        two("IPv4 for IPv6", "21" + "21" + "000c" + "c0000201" + "c6336401" + "dc0401bb", "!"),
        two("too short for paths", "21" + "31" + "00d7" + "2f".repeat(215), "!"),
        two("a record that is cut", "21" + "11" + "000e" + "c0000201" + "c6336401" + "dc0401bb" + "0100", "!"),
        two("a record past the end", "21" + "11" + "0010" + "c0000201" + "c6336401" + "dc0401bb" + "01000900", "!"),
        two("longer than anybody needs", "21" + "11" + "ffff" + "c0000201", "!"));
  }

  private static Case one(String line, String client) {
    return new Case(line.strip(), line.getBytes(ISO_8859_1), client);
  }

  private static Case two(String name, String afterSignature, String client) {
    return new Case(name, bytes(SIGNATURE + afterSignature), client);
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  private static ProxyHeader read(byte[] bytes, int length) {
    ByteBuf buffer = Unpooled.wrappedBuffer(new byte[]{'x'}, Arrays.copyOf(bytes, length)).skipBytes(1);
    ProxyHeader header = ProxyHeader.read(buffer);
    assertEquals(length, buffer.readableBytes(), "nothing is read off");
    return header;
  }

  private static byte[] followed(byte[] header) {
    byte[] all = Arrays.copyOf(header, header.length + REST.length());
    System.arraycopy(REST.getBytes(ISO_8859_1), 0, all, header.length, REST.length());
    return all;
  }

  @ParameterizedTest
  @MethodSource("good")
  void aHeaderNamesItsClient(Case given) {
    String expected = given.client().equals("-") ? "" : given.client();
    for (byte[] bytes : List.of(given.bytes(), followed(given.bytes()))) {
      var complete = assertInstanceOf(ProxyHeader.Complete.class, read(bytes, bytes.length));
      assertEquals(given.bytes().length, complete.length());
      assertEquals(expected, complete.client().map(InetAddress::getHostAddress).orElse(""));
    }
    for (int cut = 0; cut < given.bytes().length; cut++) {
      assertInstanceOf(ProxyHeader.Incomplete.class, read(given.bytes(), cut), "at byte " + cut);
    }
  }

  @ParameterizedTest
  @MethodSource("bad")
  void whatIsNoHeaderIsRefused(Case given) {
    byte[] bytes = followed(given.bytes());
    assertInstanceOf(ProxyHeader.Malformed.class, read(bytes, bytes.length));
    boolean refused = false;
    for (int cut = 0; cut <= bytes.length; cut++) {
      ProxyHeader header = read(bytes, cut);
      assertTrue(header instanceof ProxyHeader.Malformed || (!refused && header instanceof ProxyHeader.Incomplete),
          "at byte " + cut + ": " + header);
      refused = header instanceof ProxyHeader.Malformed;
    }
  }

  @ParameterizedTest
  @MethodSource("bad")
  void aRefusalNeedsNoMoreThanTheLongestLine(Case given) {
    byte[] bytes = Arrays.copyOf(followed(given.bytes()), 400);
    assertInstanceOf(ProxyHeader.Malformed.class, read(bytes, bytes.length));
  }

  /** Bytes of any kind end in a decision that more bytes do not change. */
  @Property
  void aDecisionIsFinal(@ForAll @Size(max = 60) byte[] random) {
    List<byte[]> starts = new ArrayList<>();
    starts.add(random);
    for (String start : List.of("PROXY ", "PROXY TCP4 ", "PROXY TCP6 ::1 ")) {
      starts.add(concat(start.getBytes(ISO_8859_1), random));
    }
    starts.add(concat(bytes(SIGNATURE), random));
    starts.add(concat(bytes(SIGNATURE + "2111"), random));
    for (byte[] bytes : starts) {
      Optional<ProxyHeader> decided = Optional.empty();
      for (int cut = 0; cut <= bytes.length; cut++) {
        ProxyHeader header = read(bytes, cut);
        if (decided.isPresent()) {
          assertEquals(decided.get().getClass(), header.getClass());
        } else if (!(header instanceof ProxyHeader.Incomplete)) {
          decided = Optional.of(header);
        }
      }
    }
  }

  private static byte[] concat(byte[] first, byte[] second) {
    byte[] all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }
}
