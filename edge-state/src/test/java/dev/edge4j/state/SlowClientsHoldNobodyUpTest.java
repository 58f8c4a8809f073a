package dev.edge4j.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A client that takes nothing is cut off; neither the object nor its other clients wait for it, and it may come back. */
@Timeout(60)
class SlowClientsHoldNobodyUpTest {
  private static final String LONG = "x".repeat(64 << 10);
  private static final int TURNS = 16;
  private static final int MESSAGES = 10; // each: 10 MiB: what its queue, the server and the two sockets hold, and more

  @Test
  void othersGetEverythingAndTheSlowOneIsCutOff(@TempDir Path folder) throws IOException {
    try (Lodging lodging = Lodging.open(folder); Socket slow = takesNothing(lodging.port())) {
      Lodging.until(() -> lodging.room("tea").here().size() == 1);
      SocketClient fast = lodging.plain("/room/tea?tags=fast");
      Lodging.until(() -> lodging.room("tea").here().size() == 2);
      SocketClient another = lodging.resumable("/room/tea?tags=another");
      Lodging.until(() -> lodging.room("tea").here().size() == 3);
      for (int i = 0; i < TURNS; i++) {
        List<String> said = Collections.nCopies(MESSAGES, i + LONG);
        lodging.room("tea").sayAll(said);
        assertEquals(said, fast.next(MESSAGES));
        assertEquals(said, another.next(MESSAGES));
      }
      Lodging.until(() -> lodging.connections("tea") == 2);
      assertEquals(3, lodging.room("tea").here().size(), "it may come back");
      assertEquals(List.of("opened slow", "opened fast", "opened another"), lodging.room("tea").log());
      assertTrue(slow.isConnected());
    }
  }

  /** Shakes hands as a client that may resume, and never reads. */
  private static Socket takesNothing(int port) throws IOException {
    var socket = new Socket();
    socket.setReceiveBufferSize(4 << 10);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    socket.getOutputStream()
        .write(("GET /room/tea?tags=slow HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\n"
            + "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Protocol: " + Sockets.RESUME + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
    return socket;
  }
}
