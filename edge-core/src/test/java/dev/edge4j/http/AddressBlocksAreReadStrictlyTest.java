package dev.edge4j.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A block is what its text says and nothing else; whether an address is in it is a question of numbers. */
class AddressBlocksAreReadStrictlyTest {
  @ParameterizedTest
  @CsvSource({"10.0.0.0/8,10.255.1.2,true", "10.0.0.0/8,11.0.0.0,false", "192.0.2.128/25,192.0.2.127,false",
      "192.0.2.128/25,192.0.2.129,true", "0.0.0.0/0,203.0.113.9,true", "0.0.0.0/0,2001:db8::1,false",
      "2001:db8::/33,2001:db8:7fff::1,true", "2001:db8::/33,2001:db8:8000::1,false", "::1,0:0:0:0:0:0:0:1,true",
      "::ffff:10.0.0.0/104,10.1.2.3,true", "10.1.2.3,::ffff:10.1.2.3,true", "::ffff:a01:203,10.1.2.3,true",
      "fe80::/10,febf::1,true", "::/0,::1,true", "1:2:3:4:5:6:7::/112,1:2:3:4:5:6:7:8,true"})
  void contains(String block, String address, boolean expected) {
    assertEquals(expected, AddressBlock.of(block).contains(AddressBlock.parseAddress(address).orElseThrow()));
  }

  /** GHSA-r354-f388-2fhh, CVE-2026-47674: addresses in a form that one side reads and the other does not. */
  @ParameterizedTest
  @ValueSource(strings = {"", "10", "10.1", "10.1.2", "10.1.2.3.4", "010.0.0.1", "0x0a.0.0.1", "10.0.0.256",
      "10.0.0.-1",
      " 10.0.0.1", "10.0.0.1 ", "10.0.0.1/33", "10.0.0.1/08", "10.0.0.1/", "10.0.0.1/8", "10.0.0.0/+8", "localhost",
      "example.com", "::1%lo", "fe80::1%eth0/64", ":::", "1::2::3", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "12345::",
      "1:2:3:4:5:6:7:8::", ":1:2:3:4:5:6:7", "::10.0.0", "::10.0.0.1:1", "10.0.0.1::", "2001:db8::1/32", "::/129",
      "\u0661.0.0.1", "[::1]", "g::"})
  void whatIsNoBlockIsRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> AddressBlock.of(text));
  }

  @Property(tries = 500)
  void asTheirNumbersAre(@ForAll @Size(16) byte[] first, @ForAll @Size(16) byte[] second,
      @ForAll @IntRange(max = 128) int bits, @ForAll @IntRange(max = 128) int alike) throws UnknownHostException {
    BigInteger network = new BigInteger(1, first).shiftRight(128 - bits).shiftLeft(128 - bits);
    BigInteger address = new BigInteger(1, first).shiftRight(128 - alike)
        .shiftLeft(128 - alike)
        .or(new BigInteger(1, second).shiftRight(alike));
    InetAddress start = InetAddress.getByAddress(bytes(network));
    InetAddress asked = InetAddress.getByAddress(bytes(address));
    if (start.getAddress().length == 4 || asked.getAddress().length == 4) {
      return; // mapped: the examples have those
    }
    AddressBlock block = AddressBlock.of(start.getHostAddress() + "/" + bits);
    assertEquals(address.shiftRight(128 - bits).equals(network.shiftRight(128 - bits)), block.contains(asked));
    assertTrue(block.contains(start));
    assertEquals(block, AddressBlock.of(block.toString()));
    assertEquals(Optional.of(asked), AddressBlock.parseAddress(asked.getHostAddress()));
  }

  private static byte[] bytes(BigInteger number) {
    var bytes = new byte[16];
    for (int i = 0; i < 16; i++) {
      bytes[15 - i] = number.shiftRight(8 * i).byteValue();
    }
    return bytes;
  }

  @Property(tries = 1_000)
  void anyTextIsAnswered(@ForAll String text) {
    assertFalse(AddressBlock.parseAddress(text).isPresent() && text.isBlank());
  }
}
