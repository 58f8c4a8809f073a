/**
 * Server-side rendering with Mustache templates: every template is read, parsed, linked and compiled at start, and rendering copies static
 * bytes and escaped values into one array. What a template may reach, what is escaped how and what an unknown name does is decided here: public
 * members of the model and nothing else, for where in the document a value stands, and an error with its place.
 *
 * <p>Start here: {@link dev.edge4j.render.Views}, {@link dev.edge4j.render.ViewOptions}; inside, {@code template} (source to tree), {@code html}
 * (the escaping of each place), {@code model} (what of a model a template can see), {@code program} (what runs).
 */
@NullMarked
package dev.edge4j.render;

import org.jspecify.annotations.NullMarked;
