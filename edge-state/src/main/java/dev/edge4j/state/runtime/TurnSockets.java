package dev.edge4j.state.runtime;

import dev.edge4j.Message;
import dev.edge4j.state.Socket;
import dev.edge4j.state.Sockets;
import dev.edge4j.state.sockets.Audience;
import dev.edge4j.state.sockets.AutoResponse;
import dev.edge4j.state.sockets.Outgoing;
import dev.edge4j.state.sockets.SocketRow;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The WebSockets of one object, for the thread that runs a turn of it. */
final class TurnSockets implements Sockets {
  private final Resident<?> resident;

  TurnSockets(Resident<?> resident) {
    this.resident = resident;
  }

  @Override
  public List<Socket> all() {
    return rows().<Socket>map(row -> new TurnSocket(resident, row)).toList();
  }

  @Override
  public List<Socket> tagged(String tag) {
    return rows().filter(row -> row.tags().contains(tag)).<Socket>map(row -> new TurnSocket(resident, row)).toList();
  }

  @Override
  public void broadcast(String text) {
    send(resident, Audience.all(), new Message.Text(text));
  }

  @Override
  public void broadcast(String tag, String text) {
    send(resident, Audience.tagged(tag), new Message.Text(text));
  }

  @Override
  public void autoResponse(String request, String response) {
    Turn.changing(resident)
        .buffer()
        .sockets()
        .add(new Outgoing.Answers(Optional.of(new AutoResponse(request, response))));
  }

  static void send(Resident<?> resident, Audience audience, Message message) {
    Turn.changing(resident).buffer().sockets().add(new Outgoing.Send(audience, message));
  }

  private Stream<SocketRow> rows() {
    Turn turn = Turn.of(resident);
    return turn.activation().book().rows(turn.buffer().sockets()).stream();
  }
}
