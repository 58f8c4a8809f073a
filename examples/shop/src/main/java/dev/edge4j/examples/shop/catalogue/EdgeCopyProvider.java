package dev.edge4j.examples.shop.catalogue;

import dev.edge4j.data.DataStore;
import dev.edge4j.data.mesh.config.ConfigSection;
import dev.edge4j.data.mesh.config.OpenedStore;
import dev.edge4j.data.mesh.config.StoreProvider;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;

/** Kind {@code edge-copy} of a mesh file: the catalogue in the store {@code rows}, carried over from the store {@code origin}. For one mesh. */
public final class EdgeCopyProvider implements StoreProvider {
  private final InstantSource clock;
  private final int patience;
  private Optional<EdgeCopy> opened = Optional.empty();

  public EdgeCopyProvider(InstantSource clock, int patience) {
    this.clock = clock;
    this.patience = patience;
  }

  @Override
  public String kind() {
    return "edge-copy";
  }

  @Override
  public Set<String> settings() {
    return Set.of("rows", "origin");
  }

  @Override
  public OpenedStore open(ConfigSection section) {
    var copy = new EdgeCopy(rows(section, "rows"), rows(section, "origin"), clock, patience);
    opened = Optional.of(copy);
    return OpenedStore.create().rows(copy);
  }

  /** What the mesh file has opened, for its feed; empty if there is no such store in the file. */
  public Optional<EdgeCopy> opened() {
    return opened;
  }

  private static DataStore rows(ConfigSection section, String key) {
    return section.store(key).rows().orElseThrow(() -> section.wrong(key, "a store of rows"));
  }
}
