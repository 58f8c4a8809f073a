package dev.edge4j.data.postgres;

import dev.edge4j.data.Migrations;
import dev.edge4j.data.mesh.config.ConfigSection;
import dev.edge4j.data.mesh.config.OpenedStore;
import dev.edge4j.data.mesh.config.StoreProvider;
import java.util.Set;

/**
 * Kind {@code postgres}: rows, keys and values, and events in one database. {@code url} is its JDBC address, {@code user} and {@code password} come with
 * each other; {@code migrations} is a folder of numbered scripts; {@code isolation} is {@code read-committed}, {@code repeatable-read} or
 * {@code serializable}; {@code readers}, {@code writers} and {@code statementTimeout} are as in {@link PostgresOptions}.
 * A class of keys is the table {@code kv_} and its name, a class of events {@code events_} and its name, with underscores for hyphens; the
 * first is at most 40 letters long.
 */
public final class PostgresProvider implements StoreProvider {
  /** For {@link java.util.ServiceLoader}. */
  public PostgresProvider() {}

  @Override
  public String kind() {
    return "postgres";
  }

  @Override
  public Set<String> settings() {
    return Set.of("url", "user", "password", "migrations", "isolation", "readers", "writers", "statementTimeout");
  }

  @Override
  public OpenedStore open(ConfigSection section) {
    PostgresDatabase database = PostgresDatabase.open(options(section));
    PostgresStore rows = PostgresStore.on(database);
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
        .keys(name -> PostgresKv.on(database, table("kv_", name)))
        .events(name -> PostgresEventSink.on(database, table("events_", name)))
        .closing(database);
  }

  private static PostgresOptions options(ConfigSection section) {
    PostgresOptions options = PostgresOptions.of(section.text("url"));
    PostgresOptions chosen = options.withIsolation(section.choice("isolation", Isolation.class, options.isolation()))
        .withReaders(section.integer("readers", options.readers()))
        .withWriters(section.integer("writers", options.writers()))
        .withStatementTimeout(section.duration("statementTimeout", options.statementTimeout()));
    return section.has("user") || section.has("password") ? chosen.withUser(section.text("user"), section.secret(
        "password"))
        : chosen;
  }

  private static String table(String prefix, String name) {
    return prefix + name.replace('-', '_');
  }
}
