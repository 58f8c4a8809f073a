/**
 * Server-side rendering with Mustache templates: every template is read, parsed and linked at start, and rendering is a walk
 * over immutable nodes. Mustache.java is used as the parser and for nothing else: what a template may reach, what is escaped
 * and what an unknown name does is decided here, since its own object handler reads non-public members, parses the results of
 * lambdas as templates and loads partials by names from data.
 *
 * <p>Start here: {@link dev.edge4j.render.Views}, then {@code Rendering} (what a tag does) and {@code Members} (what of a
 * model a template can see).
 */
@NullMarked
package dev.edge4j.render;

import org.jspecify.annotations.NullMarked;
