package dev.edge4j.state;

import dev.edge4j.server.Server;
import dev.edge4j.server.ServerOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** What {@link AClientThatComesBackMissesNothingTest} kills: rooms behind a server, in a process of their own. */
final class RoomProcess implements AutoCloseable {
  private final Process process;
  private final int port;

  private RoomProcess(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Starts one on a folder; its server listens when this returns. */
  static RoomProcess start(Path folder) throws IOException {
    Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "--enable-native-access=ALL-UNNAMED", "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
        RoomProcess.class.getName(), folder.toString()).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.startsWith("port ")) {
        return new RoomProcess(process, Integer.parseInt(line.substring("port ".length())));
      }
    }
    throw new IOException("the process ended by itself");
  }

  int port() {
    return port;
  }

  /** SIGKILL. */
  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }

  /** Runs until killed. */
  public static void main(String[] args) throws InterruptedException {
    Namespace<Room> rooms = DurableObjects.embedded(Path.of(args[0])).namespace("room", Room.class, Room.Stored::new);
    Server server = Server.start(Room.app(rooms), ServerOptions.port(0).withHost("127.0.0.1"));
    System.out.println("port " + server.port());
    Thread.currentThread().join();
  }
}
