/**
 * What a template sees of a model: public members of the application's types by accessors that are generated once per type, and
 * the check of a model's type against a template at start.
 *
 * <p>Start here: {@link dev.edge4j.render.model.Shape}, then {@link dev.edge4j.render.model.Site}.
 */
@NullMarked
package dev.edge4j.render.model;

import org.jspecify.annotations.NullMarked;
