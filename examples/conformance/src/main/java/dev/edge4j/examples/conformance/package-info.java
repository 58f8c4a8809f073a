/**
 * What a server does, one route for each thing that a probe wants to see: h2spec, Autobahn and our own.
 *
 * <p>Start here: {@link dev.edge4j.examples.conformance.Conformance} starts it,
 * {@link dev.edge4j.examples.conformance.ConformanceApp} has the routes.
 */
@NullMarked
package dev.edge4j.examples.conformance;

import org.jspecify.annotations.NullMarked;
