package dev.edge4j.state.runtime;

import dev.edge4j.Message;
import dev.edge4j.WebSocket;
import dev.edge4j.state.CallOptions;
import dev.edge4j.state.ObjectException;
import dev.edge4j.state.ObjectId;
import dev.edge4j.state.ObjectOverloadedException;
import dev.edge4j.state.Outcome;
import dev.edge4j.state.SocketHandler;
import dev.edge4j.state.Sockets;
import dev.edge4j.state.limit.Limits;
import dev.edge4j.state.sockets.AutoResponse;
import dev.edge4j.state.sockets.Book;
import dev.edge4j.state.sockets.Hub;
import dev.edge4j.state.sockets.Line;
import dev.edge4j.state.sockets.Outgoing;
import dev.edge4j.state.sockets.Presence;
import dev.edge4j.state.sockets.SocketChanges;
import dev.edge4j.state.sockets.SocketRow;
import dev.edge4j.state.sockets.Token;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The WebSockets of a namespace, each on the thread of its connection: opening, each message and the end are turns of the object. A client that may
 * resume is waited for; whoever is not back in time, or cannot be, is ended by {@link Farewells}.
 */
final class Sessions<T> {
  private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);
  private static final WebSocket.Close GOING_AWAY = new WebSocket.Close(WebSocket.GOING_AWAY, "the objects close");
  private static final Duration FIRST_PAUSE = Duration.ofMillis(10);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
  private static final int REFUSED = 1008;
  private static final int FAILED = 1011;
  private static final int LATER = 1013;

  private final LocalNamespace<T> namespace;
  private final Hub hub;
  private final Farewells<T> farewells;

  Sessions(LocalNamespace<T> namespace) {
    this.namespace = namespace;
    this.hub = namespace.hub();
    this.farewells = new Farewells<>(namespace);
  }

  /** Takes over what an earlier process has left. */
  void takeOver() {
    farewells.takeOver();
  }

  /** Takes over what {@link #takeOver} could not know of: the sockets of an object with a file of its own. */
  void adopt(ObjectId id, Book book) {
    farewells.adopt(id, book);
  }

  /** Closes all connections; their sessions stay. */
  void close() {
    hub.close(GOING_AWAY);
  }

  /** Talks over a connection until it ends. */
  void serve(WebSocket ws, String name, List<String> tags) {
    ObjectId id;
    try {
      id = new ObjectId(namespace.name(), name);
      Limits.checkTags(tags);
    } catch (IllegalArgumentException e) { // names and tags may be what a client has sent
      ws.close(REFUSED, String.valueOf(e.getMessage()));
      return;
    }
    boolean resumable = ws.subprotocol().filter(Sockets.RESUME::equals).isPresent();
    Optional<String> token = resumable ? ws.context().query().first("session") : Optional.empty();
    Optional<Line> line = token.isPresent()
        ? new Resumption<>(namespace, farewells).resume(ws, id, token.get())
        : open(ws, id, tags, resumable);
    if (line.isEmpty()) {
      return;
    }
    try {
      converse(id, line.get());
    } finally {
      left(id, line.get());
    }
  }

  private Optional<Line> open(WebSocket ws, ObjectId id, List<String> given, boolean resumable) {
    Set<String> tags = Collections.unmodifiableSet(new LinkedHashSet<>(given));
    Token token = Token.of(namespace.host().options().clock().instant());
    var line = new Line(ws, token.session(), tags, resumable ? Optional.of(token) : Optional.empty());
    hub.enter(id, line);
    try {
      namespace.turn(id, CallOptions.defaults(), instance -> {
        open(Turn.bound().orElseThrow(), handler(instance), line, row(token, tags, resumable));
        return true;
      });
      return Optional.of(line);
    } catch (TurnThrew e) {
      LOG.warn("a WebSocket of {} was refused", id, e);
      ws.close(REFUSED, "refused");
    } catch (ObjectException e) {
      failed(id, ws, e);
      if (e.outcome() != Outcome.NOT_EXECUTED) { // it may be on disk: then it has to be taken away
        hub.absent(id, line.session(), Instant.MIN, new WebSocket.Close(LATER, ""));
        farewells.watch();
      }
    }
    hub.forget(id, line);
    return Optional.empty();
  }

  private static SocketRow row(Token token, Set<String> tags, boolean resumable) {
    return new SocketRow(token.session(), resumable, resumable ? token.hash() : new byte[0], 0, tags, Optional.empty(),
        Optional.empty());
  }

  private void open(Turn turn, SocketHandler handler, Line line, SocketRow row) throws Exception {
    Book book = turn.activation().book();
    if (book.size() >= Limits.MAX_SOCKETS) {
      throw new Refused(new ObjectOverloadedException(turn.id() + ": " + book.size() + " WebSockets are open already",
          Duration.ofSeconds(1)));
    }
    SocketChanges changes = turn.buffer().sockets();
    SocketRow opened = row.withStart(book.last());
    changes.put(opened);
    changes.add(new Outgoing.Answers(book.auto()));
    changes.add(new Outgoing.Join(line, List.of()));
    handler.opened(new TurnSocket(turn.resident(), opened));
  }

  private void converse(ObjectId id, Line line) {
    for (Message message : line.ws()) {
      Optional<AutoResponse> auto = hub.auto(id);
      if (auto.isPresent() && message instanceof Message.Text(String text) && text.equals(auto.get().request())) {
        line.send(new Message.Text(auto.get().response()));
      } else if (!deliver(id, line, message)) {
        return;
      }
    }
  }

  /** Runs the turn of a message; false if the connection has to end. */
  private boolean deliver(ObjectId id, Line line, Message message) {
    try {
      patiently(() -> namespace.turn(id, CallOptions.defaults(), instance -> {
        Turn turn = Turn.bound().orElseThrow();
        Optional<SocketRow> row = turn.activation().book().row(line.session(), turn.buffer().sockets());
        if (row.isPresent() && row.get().closing().isEmpty()) {
          handler(instance).message(new TurnSocket(turn.resident(), row.get()), message);
        }
        return true;
      }));
      return true;
    } catch (TurnThrew e) {
      LOG.error("a message to {} failed", id, e);
      line.last();
      line.cut(FAILED, "the message failed");
    } catch (ObjectException e) {
      failed(id, line.ws(), e);
    }
    return false;
  }

  private interface Work {
    @Nullable
    Object run() throws TurnThrew;
  }

  /** A full mailbox holds the client up, whose further messages wait on the wire. */
  private void patiently(Work work) throws TurnThrew {
    long begun = System.nanoTime();
    for (Duration pause = FIRST_PAUSE;; pause = pause.multipliedBy(2)) {
      try {
        work.run();
        return;
      } catch (ObjectOverloadedException e) {
        if (System.nanoTime() - begun > namespace.host().options().waitAtMost().toNanos()) {
          throw e;
        }
        pause(pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause);
      }
    }
  }

  private static void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ObjectException("interrupted while the object was overloaded", Outcome.NOT_EXECUTED, e);
    }
  }

  private void failed(ObjectId id, WebSocket ws, ObjectException e) {
    if (namespace.host().intake().isOpen()) {
      if (e instanceof ObjectOverloadedException) {
        LOG.debug("a WebSocket of {} is closed", id, e);
      } else {
        LOG.warn("a WebSocket of {} is closed", id, e);
      }
      ws.close(LATER, "try again later");
    } else {
      ws.close(GOING_AWAY.code(), GOING_AWAY.reason());
    }
  }

  private void left(ObjectId id, Line line) {
    WebSocket.Close close = line.ws().closed().orElse(new WebSocket.Close(Farewells.BROKEN, ""));
    boolean isLast = line.isLast() || !line.isResumable() || close.code() == WebSocket.NORMAL;
    Instant now = namespace.host().options().clock().instant();
    Optional<Presence.Away> gone = hub.leave(id, line, isLast ? now : now.plus(Farewells.KEPT), close);
    if (isLast) {
      gone.ifPresent(farewells::end);
    }
    farewells.watch();
  }

  static SocketHandler handler(Object instance) {
    if (instance instanceof SocketHandler handler) {
      return handler;
    }
    throw new IllegalStateException(instance.getClass().getName() + " handles no WebSockets (expected: a "
        + SocketHandler.class.getSimpleName() + ")");
  }
}
