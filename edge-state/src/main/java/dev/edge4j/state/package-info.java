/**
 * Durable objects: many small, named objects, each with one instance, one turn at a time, and its own storage that is on disk
 * before a reply leaves. They are kept here, in this process, in a few SQLite files, or in one each where a class asks for SQL.
 *
 * <p>Start here: {@link dev.edge4j.state.DurableObjects} opens a folder, {@link dev.edge4j.state.ObjectClass} declares the objects of a kind,
 * {@link dev.edge4j.state.DurableObject} is what an object extends, {@link dev.edge4j.state.Storage} is where it keeps what must last. What users
 * test with is in {@link dev.edge4j.state.testing}. Inside, {@code runtime} makes a turn of a call, {@code store} makes it durable, {@code delivery} does what
 * is due, {@code sockets} keeps connections; only {@code DurableObjects} looks down into these rooms.
 */
@NullMarked
package dev.edge4j.state;

import org.jspecify.annotations.NullMarked;
