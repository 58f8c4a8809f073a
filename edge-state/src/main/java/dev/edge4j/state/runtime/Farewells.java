package dev.edge4j.state.runtime;

import dev.edge4j.WebSocket;
import dev.edge4j.state.CallOptions;
import dev.edge4j.state.ObjectException;
import dev.edge4j.state.ObjectId;
import dev.edge4j.state.SocketHandler;
import dev.edge4j.state.sockets.Book;
import dev.edge4j.state.sockets.Hub;
import dev.edge4j.state.sockets.Presence;
import dev.edge4j.state.sockets.SocketRow;
import dev.edge4j.state.store.ObjectStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the sessions whose clients have gone for good: the object is told and the session is taken from it, in one commit. What cannot be ended
 * now is tried again, by a thread that lives while the client of any session is away; what an earlier process has left too.
 */
final class Farewells<T> {
  /** How long a client that was lost may take to resume, by the clock of the options. */
  static final Duration KEPT = Duration.ofMinutes(2);
  private static final Duration AGAIN = Duration.ofSeconds(1);
  private static final Duration LOOK = Duration.ofMillis(50);
  static final int BROKEN = 1006;
  private static final Logger LOG = LoggerFactory.getLogger(Farewells.class);

  private final LocalNamespace<T> namespace;
  private final Hub hub;
  private final AtomicBoolean watching = new AtomicBoolean();

  Farewells(LocalNamespace<T> namespace) {
    this.namespace = namespace;
    this.hub = namespace.hub();
  }

  /**
   * Waits for the clients of sessions that an earlier process has left; those that cannot be resumed are ended, but not before what the objects need has
   * been declared too.
   */
  void takeOver() {
    Instant now = now();
    for (ObjectStore.KeptSocket kept : namespace.host().store().sockets(namespace.name())) {
      boolean resumable = kept.key().startsWith("r");
      if (resumable || kept.key().startsWith("p")) {
        hub.absent(kept.id(), kept.key().substring(1), now.plus(resumable ? KEPT : AGAIN),
            new WebSocket.Close(BROKEN, ""));
      }
    }
    watch();
  }

  /** Waits for the clients of those sessions of an object of which nothing is known. */
  void adopt(ObjectId id, Book book) {
    Instant now = now();
    for (SocketRow row : book.rows()) {
      hub.absentIfUnknown(new Presence.Away(id, row.session(), now.plus(row.resumable() ? KEPT : AGAIN),
          new WebSocket.Close(BROKEN, "")));
    }
    watch();
  }

  /** Looks after the sessions whose clients are away, for as long as there are any. */
  void watch() {
    if (hub.hasAway() && isOpen() && watching.compareAndSet(false, true)) {
      Thread.ofVirtual().name("edge4j-sockets-" + namespace.name()).start(this::look);
    }
  }

  private void look() {
    try {
      while (hub.hasAway() && isOpen()) {
        hub.due(now()).forEach(this::end);
        Thread.sleep(LOOK);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      watching.set(false);
    }
    watch(); // for one that went meanwhile
  }

  /** Ends a session, unless its client is back. */
  void end(Presence.Away gone) {
    ObjectId id = gone.id();
    try {
      namespace.turn(id, CallOptions.defaults(), instance -> {
        end(Turn.bound().orElseThrow(), gone, instance);
        return true;
      });
      hub.forget(gone);
    } catch (TurnThrew e) {
      LOG.error("{}: the end of a WebSocket failed", id, e);
      remove(gone);
    } catch (ObjectException e) {
      LOG.debug("{}: the end of a WebSocket is tried again", id, e);
      hub.postpone(gone, now().plus(AGAIN));
    }
  }

  private void end(Turn turn, Presence.Away gone, T instance) throws Exception {
    Optional<SocketRow> row = turn.activation().book().row(gone.session(), turn.buffer().sockets());
    if (row.isEmpty() || !hub.isStill(gone)) {
      return;
    }
    if (instance instanceof SocketHandler handler) {
      handler.closed(new TurnSocket(turn.resident(), row.get()), row.get().closing().orElse(gone.close()));
    }
    turn.buffer().sockets().remove(gone.session());
  }

  /** The object has failed to say good-bye: the session goes all the same. */
  private void remove(Presence.Away gone) {
    try {
      boolean removed = namespace.between(gone.id(), CallOptions.defaults(), (resident, call) -> {
        CompletableFuture<?> done = resident.change((activation, buffer) -> {
          if (hub.isStill(gone)) {
            buffer.sockets().remove(gone.session());
          }
        });
        CompletableFuture<?> unused = done.whenComplete((_, e) -> {
          if (e == null) {
            call.complete(true);
          } else {
            call.fail(e);
          }
        });
      });
      LOG.debug("{}: a WebSocket is gone: {}", gone.id(), removed);
      hub.forget(gone);
    } catch (ObjectException e) {
      hub.postpone(gone, now().plus(AGAIN));
    }
  }

  private boolean isOpen() {
    return namespace.host().intake().isOpen();
  }

  private Instant now() {
    return namespace.host().options().clock().instant();
  }
}
