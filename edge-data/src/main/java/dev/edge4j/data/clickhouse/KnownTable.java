package dev.edge4j.data.clickhouse;

import dev.edge4j.data.JsonEvent;
import dev.edge4j.data.StoreException;
import dev.edge4j.data.StoreException.Reason;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The table of a sink: asked for when the first event comes, and its columns again when an event does not fit. Safe for use by many threads. */
final class KnownTable {
  private static final Logger LOG = LoggerFactory.getLogger(KnownTable.class);
  private static final long COLUMNS_AGE_NANOS = 1_000_000_000;

  private final ClickHouseHttp http;
  private final String database;
  private final String name;
  private final Optional<TableDefinition> definition;

  private final ReentrantLock asking = new ReentrantLock();
  private volatile @Nullable ClickHouseTable found;
  private long columnsRead;

  KnownTable(ClickHouseHttp http, String database, String name, Optional<TableDefinition> definition) {
    this.http = http;
    this.database = database;
    this.name = name;
    this.definition = definition;
  }

  ClickHouseTable table() {
    ClickHouseTable known = found;
    return known == null ? probe() : known;
  }

  /** The table; throws if an event has a field for which it has no column, even when asked again. */
  ClickHouseTable fitting(List<JsonEvent> rows) {
    ClickHouseTable known = table();
    if (misfit(known.columns(), rows).isEmpty()) {
      return known;
    }
    ClickHouseTable fresh = refreshed();
    Optional<String> misfit = misfit(fresh.columns(), rows);
    if (misfit.isPresent()) {
      throw new StoreException(Reason.INVALID, "ClickHouse table " + database + "." + name + " has no column "
          + misfit.get() + " (columns: " + fresh.columns() + ")");
    }
    return fresh;
  }

  private static Optional<String> misfit(Columns columns, List<JsonEvent> rows) {
    for (int i = 0; i < rows.size(); i++) {
      Optional<String> field = columns.unknown(rows.get(i));
      if (field.isPresent()) {
        return Optional.of(field.get() + " for event " + (i + 1) + ", " + rows.get(i).type());
      }
    }
    return Optional.empty();
  }

  private ClickHouseTable probe() {
    asking.lock();
    try {
      ClickHouseTable known = found;
      if (known == null) {
        known = ClickHouseTable.probe(http, database, name, definition);
        columnsRead = System.nanoTime();
        found = known;
        if (!known.countsOnce()) {
          LOG.warn("ClickHouse table {}.{} does not know a batch again: one whose answer is lost may be counted twice",
              database, name);
        }
      }
      return known;
    } finally {
      asking.unlock();
    }
  }

  /** Somebody may have added the column since; asked at most once a second. */
  private ClickHouseTable refreshed() {
    asking.lock();
    try {
      ClickHouseTable known = table();
      if (System.nanoTime() - columnsRead < COLUMNS_AGE_NANOS) {
        return known;
      }
      ClickHouseTable fresh = known.withColumns(ClickHouseTable.columns(http, database, name));
      columnsRead = System.nanoTime();
      found = fresh;
      return fresh;
    } finally {
      asking.unlock();
    }
  }
}
