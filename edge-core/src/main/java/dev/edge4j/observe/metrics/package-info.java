/**
 * Numbers for a Micrometer registry. Needs {@code io.micrometer:micrometer-core}, and {@link dev.edge4j.observe.metrics.Prometheus}
 * {@code io.micrometer:micrometer-registry-prometheus}; both are optional dependencies of this module.
 *
 * <p>Start here: {@link dev.edge4j.observe.metrics.HttpMetrics}, {@link dev.edge4j.observe.metrics.Prometheus},
 * {@link dev.edge4j.observe.metrics.ServerMetrics}.
 */
@NullMarked
package dev.edge4j.observe.metrics;

import org.jspecify.annotations.NullMarked;
