/**
 * Where committed state lives. A turn ends as one {@link dev.edge4j.state.store.Commit}, which an {@link dev.edge4j.state.store.ObjectStore} makes durable
 * whole or not at all. {@link dev.edge4j.state.store.RoutedFiles} sends each object to the shared files ({@link dev.edge4j.state.store.ShardFiles}) or, if its
 * class has SQL, to a file of its own ({@code SqlFiles}); {@code Tables} are the same in both.
 */
@NullMarked
package dev.edge4j.state.store;

import org.jspecify.annotations.NullMarked;
