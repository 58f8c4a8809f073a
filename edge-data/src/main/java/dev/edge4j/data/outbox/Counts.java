package dev.edge4j.data.outbox;

import dev.edge4j.data.outbox.OutboxStore.Change;
import java.util.concurrent.atomic.AtomicLong;

/** How many events there are, and what became of them. Changed after a write is durable, so for a moment it is behind the disk. */
final class Counts {
  final AtomicLong accepted = new AtomicLong();
  final AtomicLong delivered = new AtomicLong();
  final AtomicLong dropped = new AtomicLong();
  final AtomicLong waiting = new AtomicLong();
  final AtomicLong waitingBytes = new AtomicLong();
  final AtomicLong aside = new AtomicLong();

  /** Whether nothing waited before. */
  boolean apply(Change change) {
    waitingBytes.addAndGet(change.bytes());
    aside.addAndGet(change.aside());
    dropped.addAndGet(change.dropped());
    return waiting.getAndAdd(change.events()) <= 0;
  }
}
