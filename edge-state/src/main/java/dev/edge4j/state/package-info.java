/**
 * Durable objects: many small, named objects, each with one instance, one turn at a time, and its own storage that is on disk
 * before a reply leaves. They are kept here, in this process, in a few SQLite files.
 *
 * <p>Start here: {@link dev.edge4j.state.DurableObjects} opens a folder, {@link dev.edge4j.state.DurableObject} is what an object
 * extends, {@link dev.edge4j.state.Storage} is where it keeps what must last. Inside, a call goes from {@code Stub} through
 * {@code Namespace} into the {@code Mailbox} of a {@code Resident}, which runs the turn and commits it to {@code ShardFiles}.
 */
@NullMarked
package dev.edge4j.state;

import org.jspecify.annotations.NullMarked;
