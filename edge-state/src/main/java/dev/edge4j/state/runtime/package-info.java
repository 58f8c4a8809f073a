/**
 * How a call becomes a turn, and a turn a commit. A call goes from {@code Stub} through {@link dev.edge4j.state.runtime.LocalNamespace} into the mailbox of a
 * {@code Resident}, which runs it on the instance of its {@code Activation} as a {@code Turn}; what the turn left goes to the store, and the reply waits for it.
 */
@NullMarked
package dev.edge4j.state.runtime;

import org.jspecify.annotations.NullMarked;
