package dev.edge4j.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.data.Migrations;
import dev.edge4j.server.Server;
import dev.edge4j.server.ServerOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The object leaves memory while its sockets stay; the next message wakes it, and its sockets are there. */
@Timeout(60)
class SocketsOutliveTheObjectTest {
  private Lodging lodging;

  @BeforeEach
  void open(@TempDir Path folder) {
    lodging = Lodging.open(folder);
  }

  @AfterEach
  void close() {
    lodging.close();
  }

  @Test
  void aMessageWakesTheEvictedObject() {
    SocketClient client = lodging.plain("/room/tea?tags=a");
    assertEquals("echo one", client.send("one").next());
    assertTrue(lodging.namespace().evict("tea"));
    assertEquals(1, lodging.connections("tea"));
    assertEquals("echo two", client.send("two").next());
    assertEquals(2, lodging.awoken());
    assertEquals(List.of("a"), lodging.room("tea").here());
  }

  @Test
  void anIdleObjectLeavesMemoryWithItsSocketsOpen() {
    SocketClient client = lodging.plain("/room/tea");
    client.send("attach tray").next();
    lodging.pass(Duration.ofHours(1));
    Lodging.until(() -> lodging.objects().evictIdle() == 1);
    assertEquals(0, lodging.namespace().inMemory());
    assertEquals(1, lodging.connections("tea"));
    lodging.room("tea").say("a call wakes it too");
    assertEquals("a call wakes it too", client.next());
    assertEquals("tray", client.send("attached").next());
  }

  @Test
  void aTurnThatThrowsTakesNoSocketWithIt() throws Exception {
    SocketClient failing = lodging.plain("/room/tea?tags=failing");
    SocketClient other = lodging.plain("/room/tea?tags=other");
    Lodging.until(() -> lodging.room("tea").here().size() == 2);
    failing.send("fail in vain");
    assertEquals(1011, failing.closeCode());
    assertEquals("gone failing", other.next(), "the next that is sent");
    assertEquals("echo still here", other.send("still here").next());
    assertEquals(List.of("other"), lodging.room("tea").here());
  }

  @Test
  void whoGoesIsToldToTheObjectAfterItsEvictionToo() {
    SocketClient goes = lodging.plain("/room/tea?tags=goes");
    Lodging.until(() -> lodging.room("tea").here().size() == 1);
    SocketClient stays = lodging.plain("/room/tea?tags=stays");
    Lodging.until(() -> lodging.room("tea").here().size() == 2);
    lodging.namespace().evict("tea");
    goes.close();
    assertEquals("gone goes", stays.next());
    assertEquals(List.of("opened goes", "opened stays", "closed goes 1000"), lodging.room("tea").log());
    stays.drop();
    Lodging.until(() -> lodging.room("tea").log().contains("closed stays 1006"));
    assertEquals(0, lodging.connections("tea"));
  }

  @Test
  void theObjectClosesSocketsAfterItsLastWords() throws Exception {
    SocketClient closed = lodging.plain("/room/tea?tags=a");
    SocketClient other = lodging.plain("/room/tea?tags=b");
    Lodging.until(() -> lodging.room("tea").here().size() == 2);
    lodging.room("tea").close("a", 4001, "enough");
    assertEquals("last words", closed.next());
    assertEquals(4001, closed.closeCode());
    assertEquals("gone a", other.next());
    assertTrue(lodging.room("tea").log().contains("closed a 4001"));
    assertFalse(lodging.room("tea").here().contains("a"));
  }

  @Test
  void theObjectClosesSocketsWhoseClientsAreAwayToo() throws Exception {
    SocketClient away = lodging.resumable("/room/tea?tags=away");
    away.drop();
    Lodging.until(() -> lodging.connections("tea") == 0);
    lodging.room("tea").close("away", 4001, "enough");
    Lodging.until(() -> lodging.room("tea").log().equals(List.of("opened away", "closed away 4001")));
    assertEquals(4404, SocketClient.claiming(lodging.port(), "/room/tea", away.token(), "0").closeCode());
    assertEquals(List.of(), lodging.room("tea").here());
  }

  @Test
  void whoIsRefusedLeavesNoTrace() throws Exception {
    SocketClient refused = lodging.plain("/room/tea?tags=stranger");
    assertEquals(1008, refused.closeCode());
    assertEquals(List.of(), lodging.room("tea").log());
    assertEquals(List.of(), lodging.room("tea").here());
    assertEquals(0, lodging.connections("tea"));
  }

  @Test
  void plainSocketsOfAProcessThatEndedAreToldAtTheNextStart(@TempDir Path folder) {
    try (Lodging before = Lodging.open(folder)) {
      before.plain("/room/tea?tags=a");
      Lodging.until(() -> before.room("tea").here().size() == 1);
    }
    try (Lodging after = Lodging.open(folder)) {
      after.pass(Duration.ofSeconds(1));
      Lodging.until(() -> after.room("tea").log().equals(List.of("opened a", "closed a 1006")));
      assertEquals(List.of(), after.room("tea").here());
    }
  }

  /** Nobody looks into a file of its own before the object wakes. */
  @Test
  void socketsOfAnObjectWithAFileOfItsOwnAreFoundWhenItWakes(@TempDir Path folder) {
    var before = DurableObjects.embedded(folder);
    try (Server server = Server.start(Room.app(withFiles(before)), ServerOptions.port(0).withHost("127.0.0.1"))) {
      SocketClient.plain(server.port(), "/room/tea?tags=a").send("hi").next();
      before.close();
    }
    try (var after = DurableObjects.embedded(folder)) {
      Room room = withFiles(after).get("tea");
      Lodging.until(() -> room.here().isEmpty());
      assertEquals(List.of("opened a", "closed a 1006"), room.log());
    }
  }

  private static Namespace<Room> withFiles(DurableObjects objects) {
    return objects.namespace(ObjectClass.of("room", Room.class, Room.Stored::new)
        .sql(Migrations.of("CREATE TABLE seat (id INTEGER PRIMARY KEY)")));
  }
}
