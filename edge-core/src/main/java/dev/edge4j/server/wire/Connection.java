package dev.edge4j.server.wire;

import java.util.concurrent.CompletableFuture;

/** A connection, whatever it speaks, as a server that stops sees it. Safe for use by any thread but for {@link #closed}. */
public interface Connection {
  /** Asks its client to go elsewhere with what comes next; closes nothing by itself. */
  void retire();

  /** Closes it once what is in flight is answered; at once if nothing is. */
  void drain();

  /** Closes it whatever it does. */
  void cut();

  /** Done once it is closed and its last request is answered, even if the client left before that. */
  CompletableFuture<Void> done();

  /** Its channel is closed, and may never have been active; on the event loop. */
  void closed();
}
