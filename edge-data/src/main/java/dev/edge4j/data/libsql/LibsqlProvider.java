package dev.edge4j.data.libsql;

import dev.edge4j.data.Migrations;
import dev.edge4j.data.mesh.config.ConfigSection;
import dev.edge4j.data.mesh.config.OpenedStore;
import dev.edge4j.data.mesh.config.StoreProvider;
import java.util.Set;

/**
 * Kind {@code libsql}: rows on a libSQL server or in Turso. {@code url} is its address, {@code token} what it asks for; {@code migrations} is a
 * folder of numbered scripts; {@code timeout} is how long an answer may take.
 */
public final class LibsqlProvider implements StoreProvider {
  /** For {@link java.util.ServiceLoader}. */
  public LibsqlProvider() {}

  @Override
  public String kind() {
    return "libsql";
  }

  @Override
  public Set<String> settings() {
    return Set.of("url", "token", "migrations", "timeout");
  }

  @Override
  public OpenedStore open(ConfigSection section) {
    LibsqlOptions defaults = LibsqlOptions.defaults();
    LibsqlOptions options = defaults.withTimeout(section.duration("timeout", defaults.timeout()));
    LibsqlStore store = LibsqlStore.of(section.text("url"), section.has("token") ? options.withToken(section.secret(
        "token"))
        : options);
    try {
      if (section.has("migrations")) {
        store.migrate(Migrations.folder(section.path("migrations")));
      }
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
    return OpenedStore.create().rows(store);
  }
}
