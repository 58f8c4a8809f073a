package dev.edge4j.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A client's sign of life is answered without waking its object. */
@Timeout(60)
class AutoResponsesWakeNobodyTest {
  @TempDir private Path folder;

  @Test
  void anEvictedObjectStaysOutOfMemory() {
    try (Lodging lodging = Lodging.open(folder)) {
      SocketClient plain = lodging.plain("/room/tea");
      SocketClient resumable = lodging.resumable("/room/tea");
      Lodging.until(() -> lodging.room("tea").here().size() == 2);
      lodging.room("tea").autoResponse("ping", "pong");
      lodging.namespace().evict("tea");
      int awoken = lodging.awoken();
      for (int i = 0; i < 3; i++) {
        Lodging.until(() -> plain.send("ping").raw().equals("pong"));
        assertEquals(":pong", resumable.send("ping").raw(), "without a number: it is not sent again");
      }
      assertEquals(awoken, lodging.awoken());
      assertEquals("echo pings", plain.send("pings").next());
    }
  }

  @Test
  void itLastsOverARestartForSocketsThatResumeAndNewOnes() {
    SocketClient before;
    try (Lodging lodging = Lodging.open(folder)) {
      before = lodging.resumable("/room/tea");
      lodging.room("tea").autoResponse("ping", "pong");
    }
    try (Lodging lodging = Lodging.open(folder)) {
      SocketClient after = lodging.resumed(before, "/room/tea");
      assertEquals(":pong", after.send("ping").raw());
      assertEquals(0, lodging.awoken(), "nor did resuming wake it");
      SocketClient another = lodging.plain("/room/tea");
      Lodging.until(() -> lodging.room("tea").here().size() == 2);
      assertEquals("pong", another.send("ping").next());
    }
  }

  @Test
  void aSignThatComesWithTheOpeningIsAnsweredToo() {
    try (Lodging lodging = Lodging.open(folder)) {
      SocketClient first = lodging.plain("/room/tea");
      lodging.room("tea").autoResponse("ping", "pong");
      Lodging.until(() -> first.send("ping").next().equals("pong")); // it may still be opening
      for (int i = 0; i < 50; i++) {
        assertEquals("pong", lodging.plain("/room/tea").send("ping").next());
      }
    }
  }

  @Test
  void anotherReplacesItAndTextsAreBounded() {
    try (Lodging lodging = Lodging.open(folder)) {
      SocketClient client = lodging.plain("/room/tea");
      lodging.room("tea").autoResponse("ping", "pong");
      lodging.room("tea").autoResponse("PING", "PONG");
      Lodging.until(() -> client.send("PING").next().equals("PONG")); // it may still be opening
      assertEquals("echo ping", client.send("ping").next());
      assertThrows(IllegalArgumentException.class, () -> lodging.room("tea").autoResponse("", "pong"));
      assertThrows(IllegalArgumentException.class, () -> lodging.room("tea").autoResponse("ping", "p".repeat(2_049)));
    }
  }
}
