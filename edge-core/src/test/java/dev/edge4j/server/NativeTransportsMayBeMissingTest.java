package dev.edge4j.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.server.transport.Transport;
import dev.edge4j.support.Aside;
import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who does not add the artifacts of native transports is served by the JDK's, and told what to add if he asks for another. */
@Aside
class NativeTransportsMayBeMissingTest {
  /** Starts a server with that transport and asks it for a page: what comes of it is printed. */
  public static final class Main {
    private Main() {}

    public static void main(String[] arguments) throws Exception {
      var app = new App();
      app.get("/", c -> c.text("served"));
      try (var server = Server.start(app, ServerOptions.port(0)
          .withEndpoint(Endpoint.port(0).withHost("127.0.0.1").withTransport(Transport.valueOf(arguments[0]))));
          var client = new RawClient(server)) {
        System.out.println(client.get("/").reply().body());
      } catch (StartException e) {
        System.out.println(e.getMessage());
      }
    }
  }

  private static String run(String transport, String missing) throws Exception {
    String path = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !Path.of(entry).getFileName().toString().matches(missing))
        .collect(Collectors.joining(File.pathSeparator));
    Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "--enable-native-access=ALL-UNNAMED", "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn", "-cp", path, Main.class
            .getName(), transport).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String printed = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    assertEquals(0, process.waitFor(), printed);
    return printed;
  }

  @ParameterizedTest
  @CsvSource({"AUTO, netty-transport-(native|classes)-(epoll|io_uring).*",
      "NIO, netty-transport-(native|classes)-(epoll|io_uring).*", "AUTO, netty-transport-native-epoll.*"})
  void isServed(String transport, String missing) throws Exception {
    assertEquals("served", run(transport, missing));
  }

  @ParameterizedTest
  @CsvSource({"EPOLL, netty-transport-(native|classes)-epoll.*, io.netty:netty-transport-native-epoll",
      "EPOLL, netty-transport-native-epoll.*, io.netty:netty-transport-native-epoll",
      "IO_URING, netty-transport-(native|classes)-io_uring.*, io.netty:netty-transport-native-io_uring",
      "IO_URING, netty-transport-native-io_uring.*, io.netty:netty-transport-native-io_uring"})
  void isToldWhatToAdd(String transport, String missing, String artifact) throws Exception {
    String printed = run(transport, missing);
    assertTrue(printed.startsWith("the transport " + transport + " is not there") && printed.contains(artifact)
        && !printed.contains("\n"), printed);
  }
}
