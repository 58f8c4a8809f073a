/**
 * What stands in front of a store of keys and values: a node's memory, and a visitor's session that reads what it wrote on whatever
 * node it is served.
 *
 * <p>Start here: {@link dev.edge4j.data.kv.CachedKv}, {@link dev.edge4j.data.kv.KvSession}.
 */
@NullMarked
package dev.edge4j.data.kv;

import org.jspecify.annotations.NullMarked;
