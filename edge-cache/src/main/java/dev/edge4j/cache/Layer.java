package dev.edge4j.cache;

/** Where a value came from. */
public enum Layer {
  /** The memory of this process. */
  L1,
  /** The key-value store. */
  L2,
  /** The loader. */
  LOADED
}
