package dev.edge4j.data.mesh.config;

import java.util.Set;

/**
 * A kind of store that a mesh file can name. Providers are found by {@link java.util.ServiceLoader}: name yours in {@code provides} of
 * the module and in {@code META-INF/services}, or hand it to {@link MeshConfig#with}.
 *
 * <p>It needs a public constructor without arguments, and must not need the engine's library until {@link #open} is called: on most
 * class paths most engines are missing.
 */
public interface StoreProvider {
  /** The word that stands for it in a mesh file, {@code sqlite} say. */
  String kind();

  /** The settings that it knows, besides {@code kind} and {@code limits}, which every store has. What else a section holds is an error before any store is opened. */
  Set<String> settings();

  /**
   * Opens the store that the section describes. Reads nothing but its settings; what one of them says wrong is a
   * {@link MeshConfigException}, made by {@link ConfigSection#wrong}.
   */
  OpenedStore open(ConfigSection section);
}
