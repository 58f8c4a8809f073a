package dev.edge4j.server.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A network holds the addresses that begin with its bits, and is written as networks are. */
class NetworksHoldTheirAddressesTest {
  @ParameterizedTest
  @CsvSource({"10.0.0.7, 10.0.0.7, true", "10.0.0.7, 10.0.0.8, false", "10.0.0.0/8, 10.255.0.1, true",
      "10.0.0.0/8, 11.0.0.1, false", "192.0.2.128/25, 192.0.2.127, false", "192.0.2.128/25, 192.0.2.200, true",
      "0.0.0.0/0, 8.8.8.8, true", "0.0.0.0/0, ::1, false", "fd00::/8, fd12::1, true", "fd00::/8, fe80::1, false",
      "::1, ::1, true", "2001:db8::/33, 2001:db8:8000::1, false"})
  void anAddressIsInOrNot(String network, String address, boolean in) {
    assertEquals(in, Network.parse(network).contains(InetAddress.ofLiteral(address)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "proxy.example", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/", "/8", "10.0.0",
      "10.0.0.0/8/8",
      "fd00::/129", "10.0.0.256", "fd00::1%eth0", "cafe"})
  void whatIsNoNetworkIsRefused(String text) {
    var refused = assertThrows(IllegalArgumentException.class, () -> Network.parse(text));
    assertEquals(true, String.valueOf(refused.getMessage()).startsWith("network: "));
  }

  /** Compared with whole numbers: the bits behind the prefix shifted away. */
  @Property
  void theBitsDecide(@ForAll @Size(16) byte[] base, @ForAll @Size(16) byte[] other,
      @ForAll @IntRange(max = 128) int same,
      @ForAll @IntRange(max = 128) int bits) throws UnknownHostException {
    BigInteger low = BigInteger.ONE.shiftLeft(128 - same).subtract(BigInteger.ONE);
    BigInteger address = new BigInteger(1, base).andNot(low).or(new BigInteger(1, other).and(low));
    boolean expected = address.shiftRight(128 - bits).equals(new BigInteger(1, base).shiftRight(128 - bits));
    byte[] bytes = address.or(BigInteger.ONE.shiftLeft(128)).toByteArray();
    var literal = Arrays.copyOfRange(bytes, bytes.length - 16, bytes.length);
    var network = new Network(Inet6Address.getByAddress(null, base, -1), bits);
    assertEquals(expected, network.contains(Inet6Address.getByAddress(null, literal, -1)));
  }
}
