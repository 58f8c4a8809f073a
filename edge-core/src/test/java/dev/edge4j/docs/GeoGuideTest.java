package dev.edge4j.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.edge4j.App;
import dev.edge4j.http.AddressBlock;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import dev.edge4j.middleware.geo.GeoFile;
import dev.edge4j.middleware.geo.GeoLookup;
import dev.edge4j.middleware.geo.GeoTable;
import dev.edge4j.middleware.geo.NearestEdge;
import dev.edge4j.middleware.geo.Region;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The listings of docs/geo.md. */
class GeoGuideTest {
  private static final String LINES = "network,country,latitude,longitude\n192.0.2.0/24,DE,50.1,8.7\n198.51.100.0/24,SG,1.3,103.8\n";

  private final App app = new App();

  private Response from(String address, String target) {
    return app.request(Request.get(target).withPeer(AddressBlock.parseAddress(address).orElseThrow()));
  }

  @Test
  void aTable(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("networks.csv"), LINES);
    // tag::table[]
    app.use(GeoLookup.by(GeoTable.read(file)));
    app.get("/", c -> c.text(c.geo().country().orElse("somewhere")));
    // end::table[]
    assertEquals("DE", from("192.0.2.9", "/").text());
    assertEquals("somewhere", from("203.0.113.1", "/").text());
  }

  // tag::file[]
  static GeoFile places(App app, Path mmdb) throws IOException {
    GeoFile places = GeoFile.open(mmdb); // held in memory: a gate must not wait for the disk
    app.use(GeoLookup.by(places));
    return places; // reload() once a newer file is there, close() at the end
  }
  // end::file[]

  @Test
  void aFileThatIsNoDatabaseIsRefused(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("x.mmdb"), "none");
    assertThrows(IOException.class, () -> places(app, file));
  }

  @Test
  void theNearestRegion() {
    var singaporeIsUp = new AtomicBoolean(true);
    // tag::nearest[]
    NearestEdge edge = NearestEdge.regions(
        Region.of("fra", "https://fra.example.com").at(50.1, 8.7).countries("DE", "AT"),
        Region.of("iad", "https://iad.example.com").at(38.9, -77.5),
        Region.of("sin", "https://sin.example.com").at(1.4, 104.0).available(singaporeIsUp::get));
    app.use(GeoLookup.by(GeoTable.of(LINES)), edge.here("fra").redirect());
    // end::nearest[]
    app.get("/*rest", c -> c.text("fra"));
    assertEquals("fra", from("192.0.2.9", "/").text());
    assertEquals("https://sin.example.com/a?x=1&edge-from=fra", from("198.51.100.1", "/a?x=1").headers()
        .first("Location")
        .orElseThrow());
    singaporeIsUp.set(false);
    assertEquals("fra", from("198.51.100.1", "/a?x=1").text());
  }
}
