package dev.edge4j.state.runtime;

import dev.edge4j.Message;
import dev.edge4j.WebSocket;
import dev.edge4j.state.Socket;
import dev.edge4j.state.limit.Limits;
import dev.edge4j.state.sockets.Audience;
import dev.edge4j.state.sockets.Outgoing;
import dev.edge4j.state.sockets.SocketChanges;
import dev.edge4j.state.sockets.SocketRow;
import java.util.Optional;
import java.util.Set;

/** One WebSocket, for the thread that runs a turn of its object. */
final class TurnSocket implements Socket {
  private final Resident<?> resident;
  private final String session;
  private final Set<String> tags;

  TurnSocket(Resident<?> resident, SocketRow row) {
    this.resident = resident;
    this.session = row.session();
    this.tags = row.tags();
  }

  @Override
  public String session() {
    return session;
  }

  @Override
  public Set<String> tags() {
    return tags;
  }

  @Override
  public <A> Optional<A> attachment(Class<A> type) {
    return row(Turn.of(resident)).flatMap(SocketRow::attachment)
        .map(json -> resident.host().options().codec().read(json, type));
  }

  @Override
  public void attach(Object value) {
    Turn turn = Turn.changing(resident);
    byte[] json = resident.host().options().codec().write(value);
    Limits.checkAttachment(json);
    SocketRow row = row(turn).orElseThrow(() -> new IllegalStateException("socket " + session
        + " is closed (expected: one of sockets().all())"));
    turn.buffer().sockets().put(row.withAttachment(json));
  }

  @Override
  public void send(String text) {
    TurnSockets.send(resident, Audience.one(session), new Message.Text(text));
  }

  @Override
  public void send(byte[] bytes) {
    TurnSockets.send(resident, Audience.one(session), new Message.Binary(bytes.clone()));
  }

  @Override
  public void close(int code, String reason) {
    Limits.checkClose(code, reason);
    Turn turn = Turn.changing(resident);
    SocketChanges changes = turn.buffer().sockets();
    var close = new WebSocket.Close(code, reason);
    row(turn).filter(row -> row.closing().isEmpty()).ifPresent(row -> {
      changes.put(row.withClosing(close));
      changes.add(new Outgoing.End(session, close));
    });
  }

  private Optional<SocketRow> row(Turn turn) {
    return turn.activation().book().row(session, turn.buffer().sockets());
  }
}
