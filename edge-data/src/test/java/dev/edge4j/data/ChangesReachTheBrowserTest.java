package dev.edge4j.data;

import static dev.edge4j.data.Promises.strong;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.edge4j.App;
import dev.edge4j.data.sqlite.SqliteStore;
import dev.edge4j.data.testing.HookedStore;
import dev.edge4j.server.Server;
import dev.edge4j.server.ServerOptions;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes of rows go out as server-sent events; a client that cannot keep up is told that anything may have changed. */
class ChangesReachTheBrowserTest {
  @TempDir private Path folder;

  @Test
  void eachAsAnEventAndTooManyAsOne() throws Exception {
    var store = new HookedStore(SqliteStore.open(folder.resolve("a.db")));
    try (DataMesh mesh = DataMesh.builder().sql("catalog", store, strong()).build()) {
      var app = new App();
      app.get("/changes", c -> c.sse(mesh.changes("catalog", Set.of("products"))));
      Server server = Server.start(app, ServerOptions.port(0));
      try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
          var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
        socket.getOutputStream().write("GET /changes HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        assertEquals("data: {\"table\":\"products\",\"kind\":\"ALL\",\"key\":\"\"}", data(in));
        store.tell(List.of(new RowChange("products", RowChange.Kind.UPDATED, "7")));
        assertEquals("data: {\"table\":\"products\",\"kind\":\"UPDATED\",\"key\":\"7\"}", data(in));
        store.tell(IntStream.range(0, 5_000)
            .mapToObj(i -> new RowChange("products", RowChange.Kind.INSERTED, String.valueOf(i)))
            .toList());
        assertEquals("data: {\"table\":\"products\",\"kind\":\"ALL\",\"key\":\"\"}", data(in));
      } finally {
        server.close();
      }
      while (store.watchers() > 0) {
        Thread.onSpinWait(); // the subscription ends with the client
      }
    }
  }

  private static String data(BufferedReader in) {
    return in.lines().filter(line -> line.startsWith("data: ")).findFirst().orElseThrow();
  }
}
