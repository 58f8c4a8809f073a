package dev.edge4j.data.mesh.config;

import dev.edge4j.kv.MemoryKv;
import java.time.InstantSource;
import java.util.Set;

/** Kind {@code memory}: keys and values that are gone with the process. {@code capacity} is how many keys a class may have, 100,000 by default. */
public final class MemoryProvider implements StoreProvider {
  private static final int CAPACITY = 100_000;

  /** For {@link java.util.ServiceLoader}. */
  public MemoryProvider() {}

  @Override
  public String kind() {
    return "memory";
  }

  @Override
  public Set<String> settings() {
    return Set.of("capacity");
  }

  @Override
  public OpenedStore open(ConfigSection section) {
    int capacity = section.integer("capacity", CAPACITY);
    if (capacity < 1) {
      throw section.wrong("capacity", "1 or more");
    }
    return OpenedStore.create().keys(_ -> new MemoryKv(capacity, InstantSource.system()));
  }
}
