package dev.edge4j.data.engines;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/**
 * Redis 6.2 as a child process, without a password. Every write is appended to a file before it is acknowledged, so that it is
 * there after a crash of the server. Safe for use by many threads.
 *
 * <p>Needs {@code com.github.codemonstur:embedded-redis}, of which only the program is used.
 */
public final class RedisServer extends EngineServer {
  private static final String PROGRAM = "redis-server-6.2.6-v5-linux-amd64";

  private final Path program;

  private RedisServer(EngineFolder folder) {
    super(folder);
    this.program = Binaries.folder("redis-6.2.6", RedisServer::unpack).resolve("redis-server");
    restart();
  }

  /** A new server in a temporary folder, which goes with it. */
  public static RedisServer start() {
    return new RedisServer(EngineFolder.temporary("redis"));
  }

  /** A server whose data is kept in a folder, which is made if it is not there. */
  public static RedisServer in(Path folder) {
    return new RedisServer(EngineFolder.kept(folder));
  }

  private static void unpack(Path into) throws IOException {
    try (InputStream program = Binaries.resource(PROGRAM, "com.github.codemonstur:embedded-redis")) {
      Path file = into.resolve("redis-server");
      Files.copy(program, file);
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  @Override
  EngineProcess startProcess() {
    List<String> line = new ArrayList<>(List.of(program.toString(), "--port", String.valueOf(port), "--bind",
        "127.0.0.1",
        "--dir", folder.toString(), "--save", "", "--appendonly", "yes", "--appendfsync", "always"));
    return EngineProcess.start("Redis", "TERM", folder, port, () -> true, line);
  }

  /** Its address, as clients take it. */
  public String url() {
    return "redis://127.0.0.1:" + port;
  }
}
