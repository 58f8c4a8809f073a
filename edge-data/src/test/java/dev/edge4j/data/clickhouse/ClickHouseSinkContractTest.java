package dev.edge4j.data.clickhouse;

import dev.edge4j.data.EventSink;
import dev.edge4j.data.contract.EventSinkContract;
import dev.edge4j.data.testing.ClickHouses;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** ClickHouse keeps the promise of an event sink. */
class ClickHouseSinkContractTest extends EventSinkContract {
  private String database = "";

  @BeforeAll
  static void needsClickHouse() {
    ClickHouses.assumeHere(ClickHouseSinkContractTest.class);
  }

  @BeforeEach
  void createTable() {
    table();
  }

  private String table() {
    if (database.isEmpty()) {
      database = ClickHouses.database();
      ClickHouses.query(ClickHouses.server(), "CREATE TABLE " + database
          + ".views (path String, millis Int32, tags Array(String)) ENGINE = MergeTree ORDER BY tuple()"
          + " SETTINGS non_replicated_deduplication_window = 1000");
    }
    return "views";
  }

  @Override
  protected EventSink open() {
    return ClickHouseSink.builder(ClickHouses.server().url(), table()).database(database).build();
  }

  @Override
  protected List<String> arrivedPaths() {
    return ClickHouses.query(ClickHouses.server(), "SELECT path FROM " + database + ".views"
        + ClickHouses.inOrderOfArrival() + " FORMAT TSVRaw");
  }
}
