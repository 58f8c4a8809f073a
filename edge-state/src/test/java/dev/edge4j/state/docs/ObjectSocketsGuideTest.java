package dev.edge4j.state.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.edge4j.App;
import dev.edge4j.HttpError;
import dev.edge4j.Message;
import dev.edge4j.WebSocket;
import dev.edge4j.WebSocketOptions;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import dev.edge4j.state.DurableObject;
import dev.edge4j.state.DurableObjects;
import dev.edge4j.state.FetchHandler;
import dev.edge4j.state.Namespace;
import dev.edge4j.state.ObjectState;
import dev.edge4j.state.Socket;
import dev.edge4j.state.SocketHandler;
import dev.edge4j.state.Sockets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The listings of docs/object-sockets.md. */
class ObjectSocketsGuideTest {
  public interface Cart {}

  // tag::http[]
  static final class HttpCart extends DurableObject implements Cart, FetchHandler {
    private int items;

    HttpCart(ObjectState state) {
      super(state);
      items = storage().get("items", Integer.class).orElse(0);
    }

    @Override
    public Response fetch(Request request) {
      if (!request.method().name().equals("POST")) {
        return Response.text(200, items + " items of " + id().name());
      }
      if (items == 99) {
        throw new HttpError(409, "the cart is full"); // undoes the turn
      }
      storage().put("items", ++items);
      return Response.text(201, items + " items"); // leaves once the put is on disk
    }
  }
  // end::http[]

  // tag::room[]
  static final class Room extends DurableObject implements Cart, SocketHandler {
    Room(ObjectState state) {
      super(state);
      sockets().autoResponse("ping", "pong"); // without waking the object
    }

    @Override
    public void opened(Socket socket) {
      socket.attach("guest");
    }

    @Override
    public void message(Socket socket, Message message) {
      if (message instanceof Message.Text(String text)) {
        String name = socket.attachment(String.class).orElseThrow();
        storage().put("last", text);
        sockets().broadcast("lang:en", name + ": " + text); // leaves once the put is on disk
      }
    }

    @Override
    public void closed(Socket socket, WebSocket.Close close) {
      sockets().broadcast("somebody has left");
    }
  }
  // end::room[]

  @Test
  void anObjectAnswersHttp(@TempDir Path folder) {
    try (DurableObjects objects = DurableObjects.embedded(folder)) {
      var app = new App();
      // tag::mount[]
      Namespace<Cart> carts = objects.namespace("cart", Cart.class, HttpCart::new);
      app.mount("/cart/:user", carts.by("user"));
      app.all("/my/cart", carts.fetch(c -> c.cookie("user").orElse("nobody")));

      assertEquals("0 items of 42", app.request("/cart/42/lines").text());
      // end::mount[]
      // tag::idempotency[]
      Request add = Request.post("/cart/42/lines").withHeader("Idempotency-Key", "\"b7c1\"");
      assertEquals("1 items", app.request(add).text());
      Response again = app.request(add);
      assertEquals("1 items", again.text()); // the first response, not a second item
      assertEquals("true", again.header("Idempotent-Replayed").orElseThrow());
      // end::idempotency[]
    }
  }

  @Test
  void anObjectHasSockets(@TempDir Path folder) {
    try (DurableObjects objects = DurableObjects.embedded(folder)) {
      var app = new App();
      // tag::ws[]
      Namespace<Cart> rooms = objects.namespace("room", Cart.class, Room::new);
      app.ws("/room/:name", WebSocketOptions.defaults().withSubprotocols(Sockets.RESUME),
          rooms.sockets(c -> c.param("name").asString(), // which object
              c -> List.of("lang:" + c.query("lang").orElse("en")))); // its tags
      // end::ws[]
      assertEquals(426, app.request("/room/tea").status());
    }
  }
}
