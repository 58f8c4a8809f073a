package dev.edge4j.data.mesh.config;

import dev.edge4j.data.DataMesh;
import dev.edge4j.data.MeshBuilder;
import dev.edge4j.env.Env;
import dev.edge4j.json.JsonCodec;
import dev.edge4j.json.JsonException;
import dev.edge4j.json.TypeRef;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The classes of data of a program as a file: which stores there are, and which class of data is in which, with what promise and in
 * what place. It makes the same {@link DataMesh} as the builder does.
 *
 * <p>It is read strictly: a setting that is not known, missing or wrong is a {@link MeshConfigException} that says where, and what may
 * have been meant; all of them are found before a store is opened. Durations carry their unit, {@code "5s"}. A text may hold
 * {@code ${NAME}}, the place for addresses and passwords. Immutable.
 */
public final class MeshConfig {
  private static final TypeRef<Map<String, Map<String, Map<String, Object>>>> FILE = new TypeRef<>() {};
  private static final Set<String> PARTS = Set.of("stores", "classes");

  private final String source;
  private final Map<String, ConfigSection> stores;
  private final Map<String, ClassSection> classes;
  private final Map<String, StoreProvider> providers;

  private MeshConfig(String source, Map<String, ConfigSection> stores, Map<String, ClassSection> classes,
      Map<String, StoreProvider> providers) {
    this.source = source;
    this.stores = stores;
    this.classes = classes;
    this.providers = providers;
  }

  /**
   * Reads a file. {@code ${NAME}} is looked for as {@code env} finds {@code NAME}, then among the environment variables as it stands.
   */
  public static MeshConfig read(Path file, Env env) {
    String json;
    try {
      json = Files.readString(file);
    } catch (IOException e) {
      throw new MeshConfigException(file + " cannot be read: " + e.getMessage(), e);
    }
    return parse(file.getFileName().toString(), json, name -> env.has(name) ? Optional.of(env.text(name))
        : Optional.ofNullable(System.getenv(name)));
  }

  /**
   * Reads a text.
   *
   * @param source what errors call it
   * @param variables what {@code ${NAME}} stands for; empty if it is not set
   */
  public static MeshConfig parse(String source, String json, Function<String, Optional<String>> variables) {
    Map<String, Map<String, Map<String, Object>>> file;
    try {
      file = JsonCodec.jackson().read(json.getBytes(StandardCharsets.UTF_8), FILE);
    } catch (JsonException e) {
      throw new MeshConfigException(source + (e.field().isEmpty() ? "" : ": " + e.field()) + ": " + e.getMessage()
          + " (expected: stores and classes, each an object of objects)", e);
    }
    for (String part : file.keySet()) {
      if (!PARTS.contains(part)) {
        throw new MeshConfigException(source + ": " + part + " is not known (expected: " + ConfigSection.suggestion(
            part,
            List.of("stores", "classes")) + ")");
      }
    }
    var known = new Variables(variables);
    var stores = new LinkedHashMap<String, ConfigSection>();
    sections(source, "stores", file, known, (name, section) -> {
      LimitsSection.of(section); // what is wrong in it is found now
      stores.put(name, section);
    });
    var classes = new LinkedHashMap<String, ClassSection>();
    sections(source, "classes", file, known, (name, section) -> classes.put(name, ClassSection.of(section)));
    var config = new MeshConfig(source, stores, classes, loaded());
    config.checkReferences();
    return config;
  }

  /** The same, with another kind of store, or another one of that kind. */
  public MeshConfig with(StoreProvider provider) {
    var more = new TreeMap<>(providers);
    more.put(provider.kind(), provider);
    return new MeshConfig(source, stores, classes, more);
  }

  /** Opens all stores and declares all classes of data. Throws {@link MeshConfigException} for what is wrong; then nothing stays open. */
  public DataMesh open() {
    return open(_ -> {
      // Nothing more.
    });
  }

  /** As {@link #open()}, with more that is declared in code: listeners, further classes of data. */
  public DataMesh open(Consumer<MeshBuilder> more) {
    stores.values().forEach(this::check);
    MeshBuilder builder = DataMesh.builder();
    try {
      var opening = new Opening(stores, providers, builder);
      classes.forEach((name, section) -> section.declare(name, opening.open(section.store()), builder));
      more.accept(builder);
      return builder.build();
    } catch (RuntimeException e) {
      closeAll(builder, e);
      throw e;
    }
  }

  private void check(ConfigSection store) {
    String kind = store.text("kind");
    StoreProvider provider = providers.get(kind);
    if (provider == null) {
      throw store.wrong("kind", ConfigSection.suggestion(kind, List.copyOf(providers.keySet())));
    }
    var known = new HashSet<>(provider.settings());
    known.add("kind");
    known.add(LimitsSection.KEY);
    store.allow(known);
  }

  private void checkReferences() {
    for (ClassSection section : classes.values()) {
      if (!stores.containsKey(section.store())) {
        throw section.values()
            .wrong("store", stores.isEmpty() ? "a store of this file, which has none"
                : ConfigSection.suggestion(section.store(), List.copyOf(stores.keySet())));
      }
    }
  }

  private static void closeAll(MeshBuilder builder, RuntimeException cause) {
    try {
      builder.build().close();
    } catch (RuntimeException e) {
      cause.addSuppressed(e);
    }
  }

  private static void sections(String source, String part, Map<String, Map<String, Map<String, Object>>> file,
      Variables variables, BiConsumer<String, ConfigSection> each) {
    Map<String, Map<String, Object>> sections = file.getOrDefault(part, Map.of());
    if (sections == null || sections.isEmpty()) {
      throw new MeshConfigException(source + ": " + part + " is missing or empty (expected: stores and classes)");
    }
    sections.forEach((name, values) -> {
      if (values == null || name.isBlank()) {
        throw new MeshConfigException(source + ": " + part + "." + name + " (expected: a name, and an object)");
      }
      each.accept(name, new ConfigSection(source + ": " + part, name, values, variables, _ -> Optional.empty()));
    });
  }

  private static Map<String, StoreProvider> loaded() {
    var found = new TreeMap<String, StoreProvider>();
    for (StoreProvider provider : ServiceLoader.load(StoreProvider.class)) {
      found.putIfAbsent(provider.kind(), provider);
    }
    return found;
  }
}
