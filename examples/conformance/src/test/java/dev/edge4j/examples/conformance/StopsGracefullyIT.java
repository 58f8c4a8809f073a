package dev.edge4j.examples.conformance;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Told to stop (SIGTERM), the process finishes what it has begun, takes nothing new, and ends. */
@Timeout(60)
class StopsGracefullyIT {
  private static final int ENDED_BY_SIGTERM = 128 + 15;

  @Test
  void aRequestInFlightIsAnsweredWhole() throws Exception {
    try (ConformanceProcess process = ConformanceProcess.start("--port=0");
        var client = new Socket(InetAddress.getLoopbackAddress(), process.at("/").getPort())) {
      client.setSoTimeout(20_000);
      send(client, "POST / HTTP/1.1\r\nHost: t\r\nContent-Length: 8\r\nExpect: 100-continue\r\n\r\n");
      String leave = "HTTP/1.1 100 Continue\r\n\r\n"; // the handler reads the body: it is in flight
      assertEquals(leave, new String(client.getInputStream().readNBytes(leave.length()), US_ASCII));
      send(client, "half");
      process.terminate();
      awaitRefused(process);
      send(client, "rest");
      String answer = new String(client.getInputStream().readAllBytes(), US_ASCII);
      assertTrue(answer.startsWith("HTTP/1.1 200 OK\r\n"), answer);
      assertTrue(answer.contains("\r\nConnection: close\r\n"), answer);
      assertTrue(answer.endsWith("\r\n\r\nhalfrest"), answer);
      assertEquals(ENDED_BY_SIGTERM, process.awaitEnd());
      assertEquals(3, process.output().lines().count(), process.output());
    }
  }

  private static void send(Socket client, String text) throws IOException {
    client.getOutputStream().write(text.getBytes(US_ASCII));
  }

  private static void awaitRefused(ConformanceProcess process) throws Exception {
    while (true) {
      try (var _ = new Socket(InetAddress.getLoopbackAddress(), process.at("/").getPort())) {
        Thread.sleep(20);
      } catch (ConnectException e) {
        return;
      }
    }
  }
}
