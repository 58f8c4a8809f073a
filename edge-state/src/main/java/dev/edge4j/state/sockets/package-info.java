/**
 * The WebSockets of objects: what is kept of them with the object ({@link dev.edge4j.state.sockets.Book}), and the connections that are open in this
 * process ({@link dev.edge4j.state.sockets.Hub}), which stay when the object leaves memory. A turn leaves {@link dev.edge4j.state.sockets.SocketChanges};
 * the book makes them part of its commit, and the hub delivers them once that is on disk. Knows nothing of turns.
 */
@NullMarked
package dev.edge4j.state.sockets;

import org.jspecify.annotations.NullMarked;
