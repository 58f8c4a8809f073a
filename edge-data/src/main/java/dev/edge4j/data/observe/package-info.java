/**
 * What a mesh does, for those who watch it: figures by Micrometer, spans by OpenTelemetry. Neither library is needed by who uses neither.
 *
 * <p>Start here: {@link dev.edge4j.data.observe.MeshMetrics}, {@link dev.edge4j.data.observe.MeshTraces}.
 */
@NullMarked
package dev.edge4j.data.observe;

import org.jspecify.annotations.NullMarked;
