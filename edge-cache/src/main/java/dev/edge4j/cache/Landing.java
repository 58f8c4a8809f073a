package dev.edge4j.cache;

/**
 * What a flight brought.
 *
 * @param overtaken true if a tag of the entry was invalidated while it was loaded, so that it was not stored
 * @param degraded true if a layer failed on the way
 */
record Landing<V>(Entry<V> entry, Layer layer, boolean overtaken, boolean degraded) {}
