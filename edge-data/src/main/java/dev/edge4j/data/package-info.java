/**
 * The seams of the data floor: what a store of rows, of keys or of events promises, the errors they share, and the
 * mesh that brings each class of data to its store and holds it to its promise.
 *
 * <p>Start here: {@link dev.edge4j.data.DataMesh}, {@link dev.edge4j.data.DataStore}, {@link dev.edge4j.data.EventSink}.
 */
@NullMarked
package dev.edge4j.data;

import org.jspecify.annotations.NullMarked;
