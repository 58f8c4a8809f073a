/**
 * Templates as they run: parsed trees are linked, so that partials, layouts and blocks lie where they are used, and become flat
 * code, static bytes and actions in turn. One rendering walks the code and writes into one array.
 *
 * <p>Start here: {@link dev.edge4j.render.program.Library} (all templates), {@link dev.edge4j.render.program.Assembler} (from tree to
 * code), {@link dev.edge4j.render.program.Rendering} (what runs), {@link dev.edge4j.render.program.Deferral} (the seam for what is not
 * there yet).
 */
@NullMarked
package dev.edge4j.render.program;

import org.jspecify.annotations.NullMarked;
