/** Measures durable objects; run by hand, see docs/performance.md. */
@NullMarked
package dev.edge4j.state.figures;

import org.jspecify.annotations.NullMarked;
