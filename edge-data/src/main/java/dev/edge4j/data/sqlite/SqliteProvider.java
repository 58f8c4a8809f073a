package dev.edge4j.data.sqlite;

import dev.edge4j.data.Migrations;
import dev.edge4j.data.mesh.config.ConfigSection;
import dev.edge4j.data.mesh.config.OpenedStore;
import dev.edge4j.data.mesh.config.StoreProvider;
import java.util.Set;

/**
 * Kind {@code sqlite}: rows, keys and events in one file. {@code file} is where; {@code migrations} a folder of numbered scripts;
 * {@code synchronous} is {@code full} or {@code normal}; {@code readers} and {@code busyTimeout} are as in {@link SqliteOptions}. A class
 * of keys is the table {@code kv_} and its name, a class of events {@code events_} and its name, with underscores for hyphens.
 */
public final class SqliteProvider implements StoreProvider {
  /** For {@link java.util.ServiceLoader}. */
  public SqliteProvider() {}

  @Override
  public String kind() {
    return "sqlite";
  }

  @Override
  public Set<String> settings() {
    return Set.of("file", "migrations", "synchronous", "readers", "busyTimeout");
  }

  @Override
  public OpenedStore open(ConfigSection section) {
    SqliteOptions defaults = SqliteOptions.defaults();
    int readers = section.integer("readers", defaults.readers());
    if (readers < 1) {
      throw section.wrong("readers", "1 or more");
    }
    SqliteOptions options = defaults.withReaders(readers)
        .withSynchronous(section.choice("synchronous", SqliteOptions.Synchronous.class, defaults.synchronous()))
        .withBusyTimeout(section.duration("busyTimeout", defaults.busyTimeout()));
    SqliteDatabase database = SqliteDatabase.open(section.path("file"), options);
    SqliteStore rows = SqliteStore.on(database);
    try {
      if (section.has("migrations")) {
        rows.migrate(Migrations.folder(section.path("migrations")));
      }
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
    return OpenedStore.create()
        .rows(rows)
        .keys(name -> SqliteKv.on(database, table("kv_", name)))
        .events(name -> SqliteEventSink.on(database, table("events_", name)))
        .closing(database);
  }

  private static String table(String prefix, String name) {
    return prefix + name.replace('-', '_');
  }
}
