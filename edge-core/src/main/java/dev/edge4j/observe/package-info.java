/**
 * What a running application tells those who watch it: its health here, numbers in {@code dev.edge4j.observe.metrics}, traces in
 * {@code dev.edge4j.observe.traces}. The last two stand on libraries that who does not use them does not need.
 *
 * <p>Start here: {@link dev.edge4j.observe.Health}, {@link dev.edge4j.observe.HttpConventions}.
 */
@NullMarked
package dev.edge4j.observe;

import org.jspecify.annotations.NullMarked;
