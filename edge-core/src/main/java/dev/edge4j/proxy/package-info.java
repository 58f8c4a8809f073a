/**
 * Stands in front of other HTTP servers.
 *
 * <p>Start here: {@link dev.edge4j.proxy.Proxy}.
 */
@NullMarked
package dev.edge4j.proxy;

import org.jspecify.annotations.NullMarked;
