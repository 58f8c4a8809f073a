package dev.edge4j.data.outbox;

import dev.edge4j.data.testing.ClickHouses;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The same with ClickHouse; for a minute in profile {@code long}. */
@Timeout(240)
class NoEventIsLostOrCountedTwiceInClickHouseTest {
  @BeforeAll
  static void needsClickHouse() {
    ClickHouses.assumeHere(NoEventIsLostOrCountedTwiceInClickHouseTest.class);
  }

  @Test
  void inClickHouse(@TempDir Path folder) throws Exception {
    try (var database = new CountedInClickHouse()) {
      NoEventIsLostOrCountedTwiceTest.outage(folder, database, Duration.ofSeconds(Boolean.getBoolean("edge4j.long") ? 60
          : 3));
    }
  }
}
