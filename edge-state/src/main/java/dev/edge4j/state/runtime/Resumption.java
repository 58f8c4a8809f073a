package dev.edge4j.state.runtime;

import dev.edge4j.WebSocket;
import dev.edge4j.state.CallOptions;
import dev.edge4j.state.ObjectException;
import dev.edge4j.state.ObjectId;
import dev.edge4j.state.sockets.Book;
import dev.edge4j.state.sockets.FrameKey;
import dev.edge4j.state.sockets.Hub;
import dev.edge4j.state.sockets.Line;
import dev.edge4j.state.sockets.Outgoing;
import dev.edge4j.state.sockets.SocketChanges;
import dev.edge4j.state.sockets.SocketRow;
import dev.edge4j.state.sockets.Token;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Lets a client come back to its session. That happens between two turns, so what it has missed ends exactly where what it gets from then on begins; and it
 * wakes no instance.
 */
final class Resumption<T> {
  private static final int NO_SESSION = 4404;
  private static final int LOST = 4410;
  private static final int LATER = 1013;

  private sealed interface Result {
    record Resumed(Line line) implements Result {}

    record Unknown() implements Result {}

    record Lost(String session) implements Result {}
  }

  private final LocalNamespace<T> namespace;
  private final Farewells<T> farewells;
  private final Hub hub;

  Resumption(LocalNamespace<T> namespace, Farewells<T> farewells) {
    this.namespace = namespace;
    this.farewells = farewells;
    this.hub = namespace.hub();
  }

  /** The connection of the session; empty if it was closed, with a code that says why. */
  Optional<Line> resume(WebSocket ws, ObjectId id, String shown) {
    Optional<Token> token = Token.parse(shown);
    long after = ws.context().query().first("after").flatMap(Resumption::number).orElse(-1L);
    if (token.isEmpty() || after < 0) {
      ws.close(NO_SESSION, "no such session");
      return Optional.empty();
    }
    switch (result(ws, id, token.get(), after)) {
      case Result.Resumed(Line line) -> {
        return Optional.of(line);
      }
      case Result.Unknown _ -> ws.close(NO_SESSION, "no such session");
      case Result.Lost(String session) -> {
        var close = new WebSocket.Close(LOST, "more was missed than is kept");
        ws.close(close.code(), close.reason());
        farewells.end(hub.absent(id, session, Instant.MIN, close));
      }
    }
    return Optional.empty();
  }

  private Result result(WebSocket ws, ObjectId id, Token token, long after) {
    var entered = new AtomicReference<Line>();
    try {
      return namespace.<Result>between(id, CallOptions.defaults(), (resident, call) -> {
        var result = new AtomicReference<Result>();
        CompletableFuture<?> unused = resident.change((activation, buffer) -> {
          Result found = find(activation, buffer.sockets(), ws, token, after);
          if (found instanceof Result.Resumed(Line line)) {
            entered.set(line);
            hub.enter(id, line);
          }
          result.set(found);
        }).whenComplete((_, e) -> {
          if (e == null) {
            call.complete(result.get());
          } else {
            call.fail(e);
          }
        });
      });
    } catch (ObjectException e) {
      Line line = entered.get();
      ws.close(LATER, "try again later");
      if (line != null) {
        hub.absent(id, line.session(), namespace.host().options().clock().instant().plus(Farewells.KEPT),
            new WebSocket.Close(LATER, "try again later"));
        farewells.watch();
      }
      return new Result.Unknown();
    }
  }

  private Result find(Activation<T> activation, SocketChanges changes, WebSocket ws, Token token, long after) {
    Book book = activation.book();
    Optional<SocketRow> row = book.row(token.session(), changes)
        .filter(known -> known.resumable() && known.closing().isEmpty() && token.fits(known));
    if (row.isEmpty()) {
      return new Result.Unknown();
    }
    Optional<List<FrameKey>> missed = book.missed(row.get(), after);
    if (missed.isEmpty()) {
      return new Result.Lost(token.session());
    }
    var line = new Line(ws, token.session(), row.get().tags(), Optional.of(token));
    changes.add(new Outgoing.Answers(book.auto()));
    changes.add(new Outgoing.Join(line, missed.get()
        .stream()
        .map(frame -> frame.send(activation.read(frame.slot()).orElseThrow()))
        .toList()));
    return new Result.Resumed(line);
  }

  private static Optional<Long> number(String text) {
    return text.matches("[0-9]{1,18}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
  }
}
