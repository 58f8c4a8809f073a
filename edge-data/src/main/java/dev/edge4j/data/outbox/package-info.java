/**
 * Events that must not be lost: kept on this machine's disk until the sink has them, through outages of the sink and crashes of the
 * program.
 *
 * <p>Start here: {@link dev.edge4j.data.outbox.Outbox}, {@link dev.edge4j.data.outbox.OutboxOptions}.
 */
@NullMarked
package dev.edge4j.data.outbox;

import org.jspecify.annotations.NullMarked;
