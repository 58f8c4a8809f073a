package dev.edge4j.data.redis;

import dev.edge4j.data.mesh.config.ConfigSection;
import dev.edge4j.data.mesh.config.OpenedStore;
import dev.edge4j.data.mesh.config.StoreProvider;
import java.util.Set;

/**
 * Kind {@code redis}: keys and values in Redis or Valkey. {@code url} is its address; {@code prefix} begins all names, {@code kv:} if it is not
 * given; {@code timeout} is how long a call may take. A class of keys has the prefix and its own name.
 */
public final class RedisProvider implements StoreProvider {
  /** For {@link java.util.ServiceLoader}. */
  public RedisProvider() {}

  @Override
  public String kind() {
    return "redis";
  }

  @Override
  public Set<String> settings() {
    return Set.of("url", "prefix", "timeout");
  }

  @Override
  public OpenedStore open(ConfigSection section) {
    RedisOptions defaults = RedisOptions.defaults();
    RedisOptions options = defaults.withTimeout(section.duration("timeout", defaults.timeout()));
    String prefix = section.text("prefix", "kv:");
    Redis redis = Redis.of(section.text("url"), options);
    return OpenedStore.create().keys(name -> RedisKv.on(redis, prefix + name + ":")).closing(redis);
  }
}
