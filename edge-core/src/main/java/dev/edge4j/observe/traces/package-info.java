/**
 * A span for each request, by OpenTelemetry. Needs {@code io.opentelemetry:opentelemetry-api}, an optional dependency of this module, and
 * where spans shall go somewhere, its SDK.
 *
 * <p>Start here: {@link dev.edge4j.observe.traces.Traces}.
 */
@NullMarked
package dev.edge4j.observe.traces;

import org.jspecify.annotations.NullMarked;
