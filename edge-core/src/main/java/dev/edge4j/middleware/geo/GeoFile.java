package dev.edge4j.middleware.geo;

import com.maxmind.db.CHMCache;
import com.maxmind.db.Reader;
import dev.edge4j.Geo;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A database of places in the format of MaxMind ({@code .mmdb}: GeoLite2, GeoIP2, DB-IP), by the library {@code com.maxmind.db:maxmind-db}, which the application
 * adds. Of each record the country, else the country of registration, and the position are read. The file is held in memory as a whole: mapped, a lookup could wait for
 * the disk, and an event loop with it.
 *
 * <p>Safe for use by many threads.
 */
public final class GeoFile implements GeoSource, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GeoFile.class);

  private final Path path;
  private final AtomicReference<@Nullable Reader> reader;
  private final AtomicBoolean told = new AtomicBoolean();

  private GeoFile(Path path, Reader first) {
    this.path = path;
    this.reader = new AtomicReference<>(first);
  }

  /** Reads a database. Blocks; an {@link IOException} if it cannot be read or is none. */
  public static GeoFile open(Path mmdb) throws IOException {
    return new GeoFile(mmdb, load(mmdb));
  }

  private static Reader load(Path mmdb) throws IOException {
    try (InputStream file = Files.newInputStream(mmdb)) {
      return new Reader(file, new CHMCache());
    }
  }

  /**
   * Reads the file again, which a newer one has been moved to; lookups go on with the old one meanwhile, and for good if this throws. Blocks;
   * {@link IllegalStateException} once closed.
   */
  public void reload() throws IOException {
    Reader fresh = load(path);
    if (reader.getAndUpdate(old -> old == null ? null : fresh) == null) {
      throw closed();
    }
    told.set(false);
  }

  /** A record that is broken is like one that is not there; the first of them is logged. {@link IllegalStateException} once closed. */
  @Override
  public Geo find(InetAddress address) {
    Reader current = reader.get();
    if (current == null) {
      throw closed();
    }
    try {
      Map<?, ?> record = current.get(address, Map.class);
      return record == null ? Geo.UNKNOWN : place(record);
    } catch (IOException | RuntimeException e) {
      if (told.compareAndSet(false, true)) {
        LOG.warn("{} has a record that cannot be read: {}", path, e.getMessage());
      }
      return Geo.UNKNOWN;
    }
  }

  private static Geo place(Map<?, ?> record) {
    Geo geo = code(record, "country").or(() -> code(record, "registered_country"))
        .map(Geo::ofCountry)
        .orElse(Geo.UNKNOWN);
    return record.get("location") instanceof Map<?, ?> location && location.get("latitude") instanceof Double latitude
        && location.get("longitude") instanceof Double longitude ? geo.at(latitude, longitude) : geo;
  }

  private static Optional<String> code(Map<?, ?> record, String name) {
    return record.get(name) instanceof Map<?, ?> country && country.get("iso_code") instanceof String code ? Optional
        .of(code)
        : Optional.empty();
  }

  private IllegalStateException closed() {
    return new IllegalStateException(path + " is closed");
  }

  /** Lets go of the database; memory is all that it holds. */
  @Override
  public void close() {
    reader.set(null);
  }
}
