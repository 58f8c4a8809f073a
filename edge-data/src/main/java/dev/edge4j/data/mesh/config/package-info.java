/**
 * The classes of data of a program as a file, {@code mesh.json}, and the seam by which kinds of stores come into it.
 *
 * <p>Start here: {@link dev.edge4j.data.mesh.config.MeshConfig}, {@link dev.edge4j.data.mesh.config.StoreProvider}.
 */
@NullMarked
package dev.edge4j.data.mesh.config;

import org.jspecify.annotations.NullMarked;
