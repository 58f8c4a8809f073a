package dev.edge4j.server.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.WebSocket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Many threads may send over one WebSocket: each message leaves whole, and those of one thread in their order. */
class MessagesOfManyThreadsStayWholeTest {
  private static final int THREADS = 8;
  private static final int MESSAGES = 200;

  @Test
  void wholeAndStreamedOnes() throws Exception {
    try (Talk talk = Talk.with(l -> l.withMaxBufferedBytes(10_000), ws -> {
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        int id = i;
        threads.add(Thread.ofVirtual().start(() -> send(ws, id)));
      }
      for (Thread thread : threads) {
        thread.join();
      }
    }); RawWebSocket client = talk.client()) {
      Map<String, Integer> next = new HashMap<>();
      for (int i = 0; i < THREADS * MESSAGES; i++) {
        String[] parts = new String(client.message(), UTF_8).split(" ", -1);
        assertEquals(next.getOrDefault(parts[0], 0), Integer.valueOf(parts[1]), "thread " + parts[0]);
        next.put(parts[0], Integer.parseInt(parts[1]) + 1);
        assertTrue(parts[2].chars().allMatch(c -> c == 'x'), parts[2]);
        assertEquals(Integer.parseInt(parts[1]) * 13, parts[2].length());
      }
      assertEquals(CloseCode.NORMAL, client.readClose().closeCode());
    }
  }

  private static void send(WebSocket ws, int id) {
    for (int i = 0; i < MESSAGES; i++) {
      String head = id + " " + i + " ";
      String tail = "x".repeat(i * 13);
      if ((i + id) % 3 > 0) {
        ws.send(head + tail);
        continue;
      }
      try (Writer out = ws.textStream()) {
        out.write(head);
        out.flush();
        out.write(tail);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
