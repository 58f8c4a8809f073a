package dev.edge4j.state;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.edge4j.App;
import dev.edge4j.Message;
import dev.edge4j.WebSocketOptions;
import dev.edge4j.json.JsonCodec;
import dev.edge4j.server.Server;
import dev.edge4j.server.ServerOptions;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several tabs edit one text at the same time, lose their connections in between, and end with the same text. */
@Timeout(60)
class SharedTextTest {
  private static final JsonCodec JSON = JsonCodec.jackson();

  // tag::shared-text[]
  public interface SharedText {
    Shown show();
  }

  /** A text, and how many edits it is the result of. */
  public record Shown(int revision, String text) {}

  /** Puts something in the place of so many characters. The revision is the one that its author saw. */
  public record Edit(int revision, int at, int remove, String insert) {
    String applyTo(String text) {
      return text.substring(0, at) + insert + text.substring(at + remove);
    }

    /** The same edit, as its author would have made it had he seen one that came first. */
    Edit after(Edit first) {
      int from = first.moved(at);
      return new Edit(revision + 1, from, Math.max(from, first.moved(at + remove)) - from, insert);
    }

    /** Where a place is after this edit: behind what it inserted there, and at its end if the place is gone. */
    private int moved(int place) {
      if (place < at) {
        return place;
      }
      return place >= at + remove ? place - remove + insert.length() : at + insert.length();
    }
  }

  static final class StoredText extends DurableObject implements SharedText, SocketHandler {
    private static final int KEPT = 1_000;
    private Shown shown;

    StoredText(ObjectState state) {
      super(state);
      shown = storage().get("shown", Shown.class).orElse(new Shown(0, ""));
    }

    @Override
    public void opened(Socket socket) {
      socket.send(json(shown));
    }

    @Override
    public void message(Socket socket, Message message) {
      Edit edit = JSON.read(((Message.Text) message).text().getBytes(UTF_8), Edit.class);
      if (edit.revision() < shown.revision() - KEPT) {
        socket.send(json(shown)); // too long ago: begin anew
        return;
      }
      while (edit.revision() < shown.revision()) {
        edit = edit.after(storage().get(key(edit.revision()), Edit.class).orElseThrow());
      }
      storage().put(key(edit.revision()), edit);
      storage().delete(key(edit.revision() - KEPT));
      shown = new Shown(edit.revision() + 1, edit.applyTo(shown.text()));
      storage().put("shown", shown);
      sockets().broadcast(json(edit)); // leaves after the commit, to the author too
    }

    @Override
    public Shown show() {
      return shown;
    }

    private static String key(int revision) {
      return String.format("edit:%010d", revision);
    }

    private static String json(Object value) {
      return new String(JSON.write(value), UTF_8);
    }
  }
  // end::shared-text[]

  /** A tab: shows what it was sent, and names the revision that it shows in each edit. */
  private static final class Tab {
    private SocketClient client;
    private Shown shown;

    Tab(SocketClient client) {
      this.client = client;
      this.shown = JSON.read(client.next().getBytes(UTF_8), Shown.class);
    }

    void edit(int at, int remove, String insert) {
      client.send(new String(JSON.write(new Edit(shown.revision(), at, remove, insert)), UTF_8));
    }

    void see() {
      Edit edit = JSON.read(client.next().getBytes(UTF_8), Edit.class);
      assertEquals(shown.revision(), edit.revision(), "one after the other");
      shown = new Shown(edit.revision() + 1, edit.applyTo(shown.text()));
    }
  }

  @Test
  void theyEndWithTheSameText(@TempDir Path folder) {
    var random = new Random(8);
    try (DurableObjects objects = DurableObjects.embedded(folder)) {
      // tag::shared-text-route[]
      Namespace<SharedText> texts = objects.namespace("text", SharedText.class, StoredText::new);
      var app = new App();
      app.ws("/text/:name", WebSocketOptions.defaults().withSubprotocols(Sockets.RESUME),
          texts.sockets(c -> c.param("name").asString()));
      // end::shared-text-route[]
      try (Server server = Server.start(app, ServerOptions.port(0).withHost("127.0.0.1"))) {
        Tab[] tabs = Stream.generate(() -> new Tab(SocketClient.resumable(server.port(), "/text/minutes")))
            .limit(3)
            .toArray(Tab[]::new);
        int edits = 30;
        IntStream.range(0, edits).forEach(i -> {
          Tab tab = tabs[i % tabs.length];
          int length = tab.shown.text().length();
          int at = random.nextInt(length + 1);
          tab.edit(at, random.nextInt(Math.min(3, length - at) + 1), Integer.toString(i, 36).repeat(random.nextInt(4)));
          for (int see = Math.min(tab.client.waiting(), random.nextInt(4)); see > 0; see--) {
            tab.see();
          }
          if (i % 10 == 9) { // what was under way when a connection breaks may be lost: wait for it, then lose what came
            Lodging.until(() -> texts.get("minutes").show().revision() == i + 1);
            tab.client.drop();
            tab.client = tab.client.resumed(server.port(), "/text/minutes");
          }
        });
        Lodging.until(() -> texts.get("minutes").show().revision() == edits);
        for (Tab tab : tabs) {
          while (tab.shown.revision() < edits) {
            tab.see();
          }
          assertEquals(texts.get("minutes").show(), tab.shown);
        }
      }
    }
  }

  @Test
  void whatOneTypesStaysWhereHeTypedIt() {
    var typed = new Edit(0, 5, 0, ", dear");
    var before = new Edit(0, 0, 0, "Oh! ");
    assertEquals("Oh! Hello, dear world", typed.after(before).applyTo(before.applyTo("Hello world")));
    var removed = new Edit(0, 3, 4, "");
    assertEquals("Hel, dearorld", typed.after(removed).applyTo(removed.applyTo("Hello world")));
    var samePlace = new Edit(0, 5, 0, "!");
    assertEquals("Hello!, dear world", typed.after(samePlace).applyTo(samePlace.applyTo("Hello world")));
  }
}
