package dev.edge4j.middleware.geo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.Gate;
import dev.edge4j.Geo;
import dev.edge4j.Handler;
import dev.edge4j.http.AddressBlock;
import dev.edge4j.http.Request;
import dev.edge4j.middleware.GeoHeaders;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A table and a database say where an address is, the smallest network first, and the gate tells it to the request. */
class VisitorsAreFoundByTheirAddressTest {
  private static final String CSV = """
      network,country,latitude,longitude
      # documentation networks
      192.0.2.0/24,DE,50.1,8.7
      192.0.2.128/25,FR
      192.0.2.200,IT,41.9,12.5

      203.0.113.0/24,JP,35.7,139.7
      255.255.255.255,US
      2001:db8::/32,US,38.9,-77.0
      2001:db8:1::/48,BR,,
      ffff::/16,CA
      """;

  @TempDir private Path folder;

  private static InetAddress address(String text) {
    return AddressBlock.parseAddress(text).orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({"192.0.2.0,DE", "192.0.2.127,DE", "192.0.2.128,FR", "192.0.2.199,FR", "192.0.2.200,IT", "192.0.2.201,FR",
      "192.0.2.255,FR", "192.0.3.0,", "192.0.1.255,", "0.0.0.0,", "255.255.255.255,US", "203.0.113.9,JP",
      "2001:db8::1,US",
      "2001:db8:1::1,BR", "2001:db8:2::,US", "2001:db9::,", "::,", "::1,", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff,CA",
      "::ffff:192.0.2.200,IT"})
  void theSmallestNetworkCounts(String address, String country) {
    assertEquals(Optional.ofNullable(country), GeoTable.of(CSV).find(address(address)).country());
  }

  @Test
  void positionsAreReadWhereTheyAre() throws IOException {
    Path file = Files.writeString(folder.resolve("geo.csv"), CSV);
    GeoTable table = GeoTable.read(file);
    assertEquals(Optional.of(new Geo.Position(41.9, 12.5)), table.find(address("192.0.2.200")).position());
    assertEquals(Optional.empty(), table.find(address("192.0.2.130")).position());
    assertEquals(Optional.empty(), table.find(address("2001:db8:1::1")).position());
    assertEquals(Geo.UNKNOWN, GeoTable.of("").find(address("192.0.2.1")));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"192.0.2.1/24,DE|line 2: address block",
      "192.0.2.0/24,XX|line 2: country \"XX\"",
      "192.0.2.0/24|line 2: 1 fields", "192.0.2.0/24,DE,1|line 2: 3 fields",
      "192.0.2.0/24,DE,91,0|line 2: position: 91.0",
      "192.0.2.0/24,DE,a,0|line 2: \"a\"", "host.example,DE|line 2: address block",
      "192.0.2.0/24,DE,NaN,0|line 2: position"})
  void aLineThatCannotBeReadIsNamed(String line, String message) {
    Throwable error = assertThrows(IllegalArgumentException.class, () -> GeoTable.of("10.0.0.0/8,DE\n" + line));
    assertTrue(String.valueOf(error.getMessage()).startsWith(message), error.getMessage());
  }

  @Provide
  Arbitrary<String> networks() {
    Arbitrary<String> four = Combinators.combine(Arbitraries.integers(), Arbitraries.integers().between(0, 32))
        .as((bits, length) -> network(4, bits, length));
    Arbitrary<String> six = Combinators.combine(Arbitraries.integers(), Arbitraries.integers().between(0, 64))
        .as((bits, length) -> network(16, bits, length));
    return Arbitraries.oneOf(four, six);
  }

  private static String network(int size, int bits, int length) {
    var bytes = ByteBuffer.allocate(size).putInt(bits & 0xe0000001).array();
    for (int i = length; i < size * 8; i++) {
      bytes[i / 8] &= (byte) ~(1 << (7 - i % 8));
    }
    try {
      return InetAddress.getByAddress(bytes).getHostAddress() + "/" + length;
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The plain way: of all networks that hold the address the one with the longest prefix, of those the last. */
  @Property(tries = 300)
  void aTableAgreesWithLookingThroughAllNetworks(@ForAll List<@From("networks") String> networks,
      @ForAll("networks") String asked) {
    List<String> codes = List.of("DE", "FR", "IT", "JP", "US");
    var csv = new StringBuilder();
    for (int i = 0; i < networks.size(); i++) {
      csv.append(networks.get(i)).append(',').append(codes.get(i % codes.size())).append('\n');
    }
    InetAddress address = AddressBlock.of(asked).first();
    Optional<String> expected = Optional.empty();
    int longest = -1;
    for (int i = 0; i < networks.size(); i++) {
      AddressBlock block = AddressBlock.of(networks.get(i));
      if (block.contains(address) && block.bits() >= longest) {
        longest = block.bits();
        expected = Optional.of(codes.get(i % codes.size()));
      }
    }
    assertEquals(expected, GeoTable.of(csv.toString()).find(address).country());
  }

  private static final Map<String, ?> ROME = Map.of("country", Map.of("iso_code", "IT", "geoname_id", 3_175_395),
      "location", Map
          .of("latitude", 41.9, "longitude", 12.5, "time_zone", "Europe/Rome"), "city", Map.of("names", Map.of("en",
              "Rome")));

  private Path database(String name, Mmdb content) throws IOException {
    return Files.write(folder.resolve(name), content.bytes());
  }

  private static Mmdb sample() {
    return new Mmdb().with("192.0.2.0/24", ROME)
        .with("198.51.100.0/24", Map.of("registered_country", Map.of("iso_code", "DE")))
        .with("203.0.113.0/24", Map.of("country", Map.of("iso_code", 7), "location", Map.of("latitude", "north")))
        .with("2001:db8::/32", Map.of("country", Map.of("iso_code", "JP")));
  }

  @Test
  void aDatabaseOfMaxMindsFormatIsRead() throws IOException {
    try (GeoFile file = GeoFile.open(database("a.mmdb", sample()))) {
      Geo rome = new Geo(Optional.of("IT"), Optional.of(new Geo.Position(41.9, 12.5)));
      assertEquals(rome, file.find(address("192.0.2.77")));
      assertEquals(rome, file.find(address("::ffff:192.0.2.77")));
      assertEquals(Optional.of("DE"), file.find(address("198.51.100.1")).country());
      assertEquals(Optional.of("JP"), file.find(address("2001:db8::1")).country());
      assertEquals(Geo.UNKNOWN, file.find(address("203.0.113.1")));
      assertEquals(Geo.UNKNOWN, file.find(address("8.8.8.8")));
    }
  }

  @Test
  void aPositionThatIsNoneLeavesTheRequestAlone() throws IOException {
    Mmdb bad = new Mmdb().with("192.0.2.0/24", Map.of("location", Map.of("latitude", 123.0, "longitude", 0.0)));
    try (GeoFile file = GeoFile.open(database("bad.mmdb", bad))) {
      assertEquals(Geo.UNKNOWN, file.find(address("192.0.2.1")));
    }
  }

  @Test
  void aNewerFileTakesThePlaceOfTheOld() throws IOException {
    GeoFile file = GeoFile.open(database("b.mmdb", sample()));
    database("b.mmdb", new Mmdb().with("192.0.2.0/24", Map.of("country", Map.of("iso_code", "FR"))));
    assertEquals(Optional.of("IT"), file.find(address("192.0.2.1")).country());
    file.reload();
    assertEquals(Optional.of("FR"), file.find(address("192.0.2.1")).country());
    Files.writeString(folder.resolve("b.mmdb"), "half a file");
    assertThrows(IOException.class, file::reload);
    assertEquals(Optional.of("FR"), file.find(address("192.0.2.1")).country());
    file.close();
    assertThrows(IllegalStateException.class, () -> file.find(address("192.0.2.1")));
    database("b.mmdb", sample());
    assertThrows(IllegalStateException.class, file::reload);
  }

  @Test
  void whatIsSoughtInVainIsUnknownUnlessItWasFoundBefore() throws IOException {
    var found = new App();
    found.get("/", c -> c.text(c.get(Geo.KEY).map(geo -> geo.country().orElse("unknown")).orElse("nobody looked")));
    assertEquals("nobody looked", found.request("/").text());
    for (Gate gate : List.of(GeoHeaders.trusting("CF-IPCountry"), GeoLookup.by(GeoTable.of(CSV)))) {
      var looking = new App();
      looking.use(gate, GeoHeaders.trusting("CF-IPCountry"), GeoLookup.by(GeoTable.of(CSV)));
      looking.mount("/", found);
      Request nowhere = Request.get("/").withPeer(address("8.8.8.8"));
      assertEquals("unknown", looking.request(nowhere).text());
      assertEquals("unknown", looking.request(nowhere.withHeader("CF-IPCountry", "XX")).text());
      assertEquals("CH", looking.request(nowhere.withHeader("CF-IPCountry", "CH")).text());
    }
  }

  /** In a watched chain, so that a lookup that waits or takes long fails its request. */
  @Test
  void theGateTellsWhatItKnows() throws IOException {
    try (GeoFile file = GeoFile.open(database("c.mmdb", sample()))) {
      var app = new App();
      app.use(GeoHeaders.trusting("CF-IPCountry"), GeoLookup.by(GeoTable.of(CSV)), GeoLookup.by(file));
      app.get("/", Handler.inline(c -> c.text(c.geo().country().orElse("?"))));
      Request request = Request.get("/").withHeader("CF-IPCountry", "CH");
      assertEquals("CH", app.request(request.withPeer(address("8.8.8.8"))).text());
      assertEquals("CH", app.request(request.withPeer(address("192.0.3.1"))).text());
      assertEquals("JP", app.request(request.withPeer(address("203.0.113.1"))).text());
      assertEquals("DE", app.request(request.withPeer(address("198.51.100.1"))).text());
      for (int i = 0; i < 2_000; i++) {
        assertEquals("IT", app.request(request.withPeer(address("192.0.2.1"))).text());
      }
    }
  }
}
