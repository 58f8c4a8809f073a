package dev.edge4j.server.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.edge4j.server.Server;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * permessage-deflate as the client of the npm package {@code ws} has it, which is what most programs in JavaScript use. Needs Node, npm and
 * the package; without them it says so in one line.
 */
class NodeClientIT {
  private static final Path MODULE = Path.of(System.getProperty("basedir", ""));

  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void everythingComesBackWhateverWasAgreedOn() throws Exception {
    Path home = installed();
    try (Server server = EchoServer.start()) {
      String end = "; 45 of 45; ping; 4000 done";
      assertEquals(List.of("/ default: permessage-deflate" + end,
          "/ no-context: permessage-deflate" + end,
          "/ small-client-window: permessage-deflate" + end,
          "/ small-server-window: plain" + end,
          "/ none: plain" + end,
          "/shared default: permessage-deflate" + end,
          "/shared no-context: permessage-deflate" + end,
          "/shared small-client-window: permessage-deflate" + end,
          "/shared small-server-window: plain" + end,
          "/shared none: plain" + end), run(home, List.of("node", "websocket.mjs", "" + server.port())));
    }
  }

  private static Path installed() throws InterruptedException {
    try {
      Path home = Files.createDirectories(MODULE.resolve("target/node-clients"));
      for (String file : List.of("package.json", "websocket.mjs")) {
        Files.copy(MODULE.resolve("src/test/node").resolve(file), home.resolve(file),
            StandardCopyOption.REPLACE_EXISTING);
      }
      if (!Files.exists(home.resolve("node_modules/ws"))) {
        run(home, List.of("npm", "install", "--no-package-lock", "--no-audit", "--no-fund", "--silent"));
      }
      return home;
    } catch (IOException e) {
      System.err.println("NodeClientIT did not run, for want of Node, npm or the package ws: " + e.getMessage());
      return abort("without Node: " + e.getMessage());
    }
  }

  private static List<String> run(Path home, List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command)
        .directory(home.toFile())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + " ended with " + process.exitValue());
    }
    return output.lines().toList();
  }
}
