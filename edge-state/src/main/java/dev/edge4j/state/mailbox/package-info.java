/**
 * Who runs when: turns alone, readers beside each other, three lanes, one way out and in again. Knows nothing of objects.
 * Start with {@link dev.edge4j.state.mailbox.Mailbox}.
 */
@NullMarked
package dev.edge4j.state.mailbox;

import org.jspecify.annotations.NullMarked;
