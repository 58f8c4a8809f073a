package dev.edge4j.data.clickhouse;

import dev.edge4j.data.EventSink;
import dev.edge4j.data.mesh.config.ConfigSection;
import dev.edge4j.data.mesh.config.OpenedStore;
import dev.edge4j.data.mesh.config.StoreProvider;
import dev.edge4j.data.outbox.Outbox;
import dev.edge4j.env.Secret;
import java.util.Set;

/**
 * Kind {@code clickhouse}: events in a table that is there already. {@code url} is the address of its HTTP interface, {@code user} and
 * {@code password} come with each other, {@code database} is {@code default} if it is not given, {@code table} the name of the class with
 * underscores for hyphens; {@code gzip} packs what is sent. {@code outbox} is a file that keeps events while the server is away.
 */
public final class ClickHouseProvider implements StoreProvider {
  /** For {@link java.util.ServiceLoader}. */
  public ClickHouseProvider() {}

  @Override
  public String kind() {
    return "clickhouse";
  }

  @Override
  public Set<String> settings() {
    return Set.of("url", "user", "password", "database", "table", "gzip", "outbox");
  }

  @Override
  public OpenedStore open(ConfigSection section) {
    return OpenedStore.create().events(name -> sink(section, name));
  }

  private static EventSink sink(ConfigSection section, String name) {
    ClickHouseSink.Builder builder = ClickHouseSink.builder(section.text("url"), section.text("table", name.replace('-',
        '_')))
        .database(section.text("database", "default"));
    if (section.has("user") || section.has("password")) {
      Secret password = section.secret("password");
      builder.user(section.text("user"), password.reveal());
    }
    if (section.flag("gzip")) {
      builder.gzip();
    }
    ClickHouseSink sink = builder.build();
    return section.has("outbox") ? Outbox.open(section.path("outbox"), sink) : sink;
  }
}
