package dev.edge4j.data.replica;

import dev.edge4j.data.DataStore;
import dev.edge4j.data.mesh.config.ConfigSection;
import dev.edge4j.data.mesh.config.OpenedStore;
import dev.edge4j.data.mesh.config.StoreProvider;
import java.util.List;
import java.util.Set;

/**
 * Kind {@code sqlite-replica}: a copy of tables of a PostgreSQL database in a local file. {@code url} is the JDBC address that is followed,
 * with {@code user} and {@code password}; {@code origin} is the store of the same file of stores that writes go to; {@code tables} are copied
 * into {@code file}. {@code app}, {@code node}, {@code durable} and {@code readyWithin} are as in {@link ReplicaBuilder}.
 */
public final class SqliteReplicaProvider implements StoreProvider {
  /** For {@link java.util.ServiceLoader}. */
  public SqliteReplicaProvider() {}

  @Override
  public String kind() {
    return "sqlite-replica";
  }

  @Override
  public Set<String> settings() {
    return Set.of("url", "user", "password", "origin", "tables", "file", "app", "node", "durable", "readyWithin");
  }

  @Override
  public OpenedStore open(ConfigSection section) {
    DataStore origin = section.store("origin").rows().orElseThrow(() -> section.wrong("origin", "a store of rows"));
    List<String> tables = section.texts("tables");
    if (tables.isEmpty()) {
      throw section.wrong("tables", "a list of one table or more");
    }
    OriginOptions options = OriginOptions.of(section.text("url"));
    ReplicaBuilder builder = SqliteReplica.of(section.has("user") || section.has("password") ? options.withUser(section
        .text(
            "user"), section.secret("password")) : options)
        .tables(tables.toArray(String[]::new))
        .origin(origin);
    if (section.has("app")) {
      builder.app(section.text("app"));
    }
    if (section.has("node")) {
      builder.node(section.text("node"));
    }
    if (section.flag("durable")) {
      builder.durable();
    }
    if (section.has("readyWithin")) {
      builder.readyWithin(section.duration("readyWithin"));
    }
    return OpenedStore.create().rows(builder.into(section.path("file")));
  }
}
