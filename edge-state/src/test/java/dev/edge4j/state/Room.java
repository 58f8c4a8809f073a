package dev.edge4j.state;

import dev.edge4j.App;
import dev.edge4j.Message;
import dev.edge4j.WebSocket;
import dev.edge4j.WebSocketOptions;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** The object that tests of sockets talk to: it does what it is told, by a call or over a socket. */
public interface Room {
  /** Sends to all. */
  void say(String text);

  /** Sends several to all, in one turn. */
  void sayAll(List<String> texts);

  /** Sends to those with a tag. */
  void tell(String tag, String text);

  /** Sends bytes to all, one by one. */
  void bytes(String text);

  /** Keeps a value and sends it. */
  void keepAndSay(String text);

  /** Sends, keeps, answers automatically from now on and closes, and then throws. */
  void sayAndFail(String text);

  /** Sends in a part of the turn that fails, then something else. */
  void sayInVainThen(String vain, String text);

  /** Closes those with a tag. */
  void close(String tag, int code, String reason);

  void autoResponse(String request, String response);

  /** Who is here: tags and attachments. */
  @ReadOnly
  List<String> here();

  /** What has happened. */
  @ReadOnly
  List<String> log();

  /** The tags of a room's sockets come from the query: {@code /room/tea?tags=a,b}. */
  static App app(Namespace<Room> rooms) {
    var app = new App();
    app.ws("/room/:name", WebSocketOptions.defaults().withSubprotocols(Sockets.RESUME),
        rooms.sockets(c -> c.param("name").asString(),
            c -> c.query("tags").isPresent() ? List.of(c.query("tags").asString().split(",")) : List.of()));
    return app;
  }

  final class Stored extends DurableObject implements Room, SocketHandler {
    public Stored(ObjectState state) {
      super(state);
    }

    @Override
    public void opened(Socket socket) {
      if (socket.tags().contains("stranger")) {
        throw new IllegalArgumentException("no strangers");
      }
      note("opened " + String.join(",", socket.tags()));
    }

    @Override
    public void message(Socket socket, Message message) {
      if (!(message instanceof Message.Text(String text))) {
        socket.send(((Message.Binary) message).bytes());
        return;
      }
      String[] words = text.split(" ", 2);
      switch (words[0]) {
        case "say" -> sockets().broadcast(words[1]);
        case "attach" -> {
          socket.attach(words[1]);
          socket.send("attached");
        }
        case "attached" -> socket.send(socket.attachment(String.class).orElse("nothing"));
        case "tags" -> socket.send(String.join(",", socket.tags()));
        case "name" -> socket.send(socket.session());
        case "fail" -> {
          socket.attach("half done");
          sayAndFail(words[1]);
        }
        default -> socket.send("echo " + text);
      }
    }

    @Override
    public void closed(Socket socket, WebSocket.Close close) {
      note("closed " + String.join(",", socket.tags()) + " " + close.code());
      sockets().broadcast("gone " + String.join(",", socket.tags()));
    }

    @Override
    public void say(String text) {
      sockets().broadcast(text);
    }

    @Override
    public void sayAll(List<String> texts) {
      texts.forEach(this::say);
    }

    @Override
    public void tell(String tag, String text) {
      sockets().broadcast(tag, text);
    }

    @Override
    public void bytes(String text) {
      sockets().all().forEach(socket -> socket.send(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public void keepAndSay(String text) {
      storage().put("kept", text);
      say(text);
    }

    @Override
    public void sayAndFail(String text) {
      say(text);
      storage().put("kept", text);
      autoResponse("ping", text);
      sockets().all().forEach(socket -> socket.close(4000, text));
      throw new IllegalStateException(text);
    }

    @Override
    public void sayInVainThen(String vain, String text) {
      try {
        storage().transaction(() -> {
          sockets().all().forEach(socket -> socket.attach(vain));
          say(vain);
          throw new IllegalStateException(vain);
        });
      } catch (IllegalStateException e) {
        say(text);
      }
    }

    @Override
    public void close(String tag, int code, String reason) {
      sockets().broadcast(tag, "last words");
      sockets().tagged(tag).forEach(socket -> socket.close(code, reason));
    }

    @Override
    public void autoResponse(String request, String response) {
      sockets().autoResponse(request, response);
    }

    @Override
    public List<String> here() {
      return sockets().all()
          .stream()
          .map(socket -> String.join(",", socket.tags()) + socket.attachment(String.class).map(a -> "=" + a).orElse(""))
          .toList();
    }

    @Override
    public List<String> log() {
      return List.of(storage().get("log", String[].class).orElse(new String[0]));
    }

    private void note(String what) {
      storage().put("log", Stream.concat(log().stream(), Stream.of(what)).toList());
    }
  }
}
