package dev.edge4j.middleware.geo;

import dev.edge4j.Geo;
import dev.edge4j.http.AddressBlock;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Networks and where they are, in memory, from lines of {@code network,country,latitude,longitude}: {@code 192.0.2.0/24,DE,50.1,8.7}. The position may be
 * left out; so may be the country, where the field is empty. A first line that begins with {@code network}, empty lines and those that begin with {@code #} are
 * skipped. Networks may lie within each other: the smallest counts; of the same one the last.
 *
 * <p>A lookup is a binary search; an IPv4 address is in no network of IPv6. Immutable, safe for use by many threads.
 */
public final class GeoTable implements GeoSource {
  private final Ranges four;
  private final Ranges six;

  private GeoTable(List<Ranges.Network> networks) {
    this.four = Ranges.of(networks.stream().filter(Ranges.Network::isFour).toList());
    this.six = Ranges.of(networks.stream().filter(network -> !network.isFour()).toList());
  }

  /** Reads a file in UTF-8. Blocks; {@link IllegalArgumentException} names the line that cannot be read. */
  public static GeoTable read(Path csv) throws IOException {
    try (BufferedReader lines = Files.newBufferedReader(csv)) {
      return new GeoTable(parse(lines));
    }
  }

  /** Reads a text; {@link IllegalArgumentException} names the line that cannot be read. */
  public static GeoTable of(String csv) {
    try (var lines = new BufferedReader(new StringReader(csv))) {
      return new GeoTable(parse(lines));
    } catch (IOException e) {
      throw new UncheckedIOException("a string is no file", e);
    }
  }

  private static List<Ranges.Network> parse(BufferedReader lines) throws IOException {
    List<Ranges.Network> networks = new ArrayList<>();
    Map<Geo, Geo> places = new HashMap<>(); // few places, many networks
    int number = 0;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      number++;
      boolean heading = number == 1 && line.startsWith("network");
      if (!heading && !line.isBlank() && !line.startsWith("#")) {
        try {
          String[] fields = line.split(",", -1);
          Geo place = place(fields);
          networks.add(Ranges.Network.of(AddressBlock.of(fields[0].strip()), places.computeIfAbsent(place, p -> p)));
        } catch (IllegalArgumentException e) {
          throw new IllegalArgumentException("line " + number + ": " + e.getMessage(), e);
        }
      }
    }
    return networks;
  }

  private static Geo place(String... fields) {
    if (fields.length != 2 && fields.length != 4) {
      throw new IllegalArgumentException(fields.length
          + " fields (expected: network,country or network,country,latitude,longitude)");
    }
    String country = fields[1].strip();
    Geo geo = Geo.ofCountry(country);
    if (!country.isEmpty() && geo.country().isEmpty()) {
      throw new IllegalArgumentException("country \"" + country + "\" (expected: an ISO 3166-1 code of two letters)");
    }
    if (fields.length == 2 || (fields[2].isBlank() && fields[3].isBlank())) {
      return geo;
    }
    return geo.at(degrees(fields[2]), degrees(fields[3]));
  }

  private static double degrees(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("\"" + text + "\" (expected: degrees as a decimal number)", e);
    }
  }

  @Override
  public Geo find(InetAddress address) {
    return (address instanceof Inet4Address ? four : six).find(address);
  }

  /** How many ranges it has, networks within others cut out of them. */
  public int size() {
    return four.size() + six.size();
  }

  @Override
  public String toString() {
    return "GeoTable of " + size() + " ranges";
  }
}
