package dev.edge4j.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.support.Aside;
import dev.edge4j.support.ChildJvm;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Out of memory, disk or descriptors: what needs them fails, the rest goes on, the log says it once, and it is over when they are back. */
@Timeout(120)
@Aside
class WhatRunsOutComesBackTest {
  private static final int OPEN_FILES = 150;
  private static final int CONNECTIONS = 200;

  private static RawClient.Reply ask(ChildJvm server, String target) throws IOException {
    try (var client = new RawClient(server.port())) {
      return client.get(target).reply();
    }
  }

  /** As many lines as ten seconds each allow. */
  private static void assertSaidSparingly(ChildJvm server, String what, long since) {
    long allowed = 1 + TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - since) / 10;
    int said = server.lines(what).size();
    assertTrue(said >= 1 && said <= allowed, "said " + said + " times: " + what);
  }

  @Test
  void withoutMemoryARequestFailsAndTheServerGoesOn() throws IOException {
    long begin = System.nanoTime();
    try (ChildJvm server = ChildJvm.start(ScarceServer.class, "-Xmx64m"); var kept = new RawClient(server.port())) {
      for (int i = 0; i < 10; i++) {
        assertEquals(500, ask(server, "/hog").status());
        assertEquals("hello", ask(server, "/").body());
        assertEquals("hello", kept.get("/").reply().body());
      }
      assertSaidSparingly(server, "an error that no handler may catch", begin);
    }
  }

  @Test
  void withoutDiskAStreamBreaksOffAndAStoreFails() throws IOException {
    long begin = System.nanoTime();
    try (ChildJvm server = ChildJvm.start(ScarceServer.class); var kept = new RawClient(server.port())) {
      for (int i = 0; i < 20; i++) {
        try (var client = new RawClient(server.port())) {
          client.get("/spool");
          assertThrows(IOException.class, client::reply, "half a stream looked whole");
        }
        kept.send("POST /store HTTP/1.1\r\nHost: t\r\nContent-Length: 3\r\n\r\nabc");
        assertEquals(500, kept.reply().status());
        assertEquals("hello", kept.get("/").reply().body());
      }
      assertSaidSparingly(server, " ERROR ", begin);
    }
  }

  @Test
  void withoutDescriptorsThoseWhoAreInAreServedAndTheOthersLater() throws Exception {
    long begin = System.nanoTime();
    try (ChildJvm server = ChildJvm.withOpenFiles(OPEN_FILES, ScarceServer.class);
        var kept = new RawClient(server.port())) {
      assertEquals("0", kept.get("/failed-accepts").reply().body());
      List<RawClient> crowd = new ArrayList<>();
      try {
        for (int i = 0; i < CONNECTIONS; i++) {
          crowd.add(new RawClient(server.port()));
        }
        while (kept.get("/failed-accepts").reply().body().equals("0")) {
          Thread.sleep(20);
        }
        assertEquals("hello", crowd.getFirst().get("/").reply().body());
        crowd.getLast().get("/"); // waits in the backlog, for others to leave
        for (RawClient client : crowd.subList(0, CONNECTIONS - 1)) {
          client.close();
        }
        assertEquals("hello", crowd.getLast().reply().body());
      } finally {
        for (RawClient client : crowd) {
          client.close();
        }
      }
      assertEquals("hello", ask(server, "/").body());
      assertSaidSparingly(server, "a connection could not be accepted", begin);
      assertEquals(List.of(), server.lines("exceptionCaught"));
    }
  }
}
