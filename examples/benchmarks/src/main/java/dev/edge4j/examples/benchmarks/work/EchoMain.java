package dev.edge4j.examples.benchmarks.work;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Sends back whatever comes: the other end of {@link Waiting#roundTrip}, in a process of its own. */
public final class EchoMain {
  private EchoMain() {}

  /** The port to listen on. */
  public static void main(String[] args) throws IOException {
    try (var server = new ServerSocket(Integer.parseInt(args[0]), 1_024, InetAddress.getLoopbackAddress())) {
      while (true) {
        Socket socket = server.accept();
        socket.setTcpNoDelay(true);
        Thread.startVirtualThread(() -> echo(socket));
      }
    }
  }

  private static void echo(Socket socket) {
    try (socket) {
      socket.getInputStream().transferTo(socket.getOutputStream());
    } catch (IOException e) {
      System.err.println("echo: " + e.getMessage()); // a server that was ended resets its connections
    }
  }
}
