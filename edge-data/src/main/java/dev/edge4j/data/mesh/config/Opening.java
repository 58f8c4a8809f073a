package dev.edge4j.data.mesh.config;

import dev.edge4j.data.MeshBuilder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Opens each store that is used, once, those that it refers to first. Confined to one opening. */
final class Opening {
  private final Map<String, ConfigSection> sections;
  private final Map<String, StoreProvider> providers;
  private final MeshBuilder builder;
  private final Map<String, Optional<OpenedStore>> opened = new LinkedHashMap<>();

  Opening(Map<String, ConfigSection> sections, Map<String, StoreProvider> providers, MeshBuilder builder) {
    this.sections = sections;
    this.providers = providers;
    this.builder = builder;
  }

  /** The store of that name, which the file has. */
  OpenedStore open(String name) {
    Optional<OpenedStore> known = opened.get(name);
    if (known == null) {
      ConfigSection section = sections.get(name);
      if (section == null) {
        throw new IllegalArgumentException("no store " + name);
      }
      opened.put(name, Optional.empty());
      OpenedStore store = openNew(section);
      opened.put(name, Optional.of(store));
      return store;
    }
    return known.orElseThrow(() -> new MeshConfigException("the store " + name
        + " refers to itself, by others or directly (expected: an origin that is no copy of its copy)"));
  }

  /** Whatever it stands on is closed behind it: the builder is told in that order. */
  private OpenedStore openNew(ConfigSection section) {
    StoreProvider provider = providers.get(section.text("kind"));
    if (provider == null) {
      throw section.wrong("kind", "a kind of store");
    }
    OpenedStore opened = provider.open(section.over(other -> sections.containsKey(other) ? Optional.of(open(other))
        : Optional.empty()));
    OpenedStore store = LimitsSection.of(section).map(opened::limits).orElse(opened);
    store.resources().forEach(builder::owns);
    store.rows().ifPresent(rows -> {
      builder.owns(rows);
      store.limits().ifPresent(limits -> builder.limits(rows, limits));
    });
    return store;
  }
}
