/**
 * For whoever is writing templates: what changes on disk is compiled and shown at once, and what is wrong is shown where it stands. For one's own machine only: nothing of it
 * answers to another.
 *
 * <p>Start here: {@link dev.edge4j.render.dev.DevMode}.
 */
@NullMarked
package dev.edge4j.render.dev;

import org.jspecify.annotations.NullMarked;
