package dev.edge4j.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.zip.CRC32;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;

/** A server that others wrote. It tells each request that has come whole, and answers it with the same words. */
interface RealOrigin extends AutoCloseable {
  /** The field by which the proxy marks each request that it sends on. */
  String MARK = "X-Mark";

  int port();

  /** What was told since it was last asked: {@code mark method target bytes crc}. */
  List<String> told() throws Exception;

  @Override
  void close();

  /** A checksum of a body, as each origin tells it. */
  static String crc(byte[] body) {
    var crc = new CRC32();
    crc.update(body);
    return HexFormat.of().toHexDigits((int) crc.getValue());
  }

  static RealOrigin jetty() throws Exception {
    return new Jetty();
  }

  static RealOrigin node() throws Exception {
    return new Node();
  }

  /** Eclipse Jetty, in this process. */
  final class Jetty implements RealOrigin {
    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server, 1, 1);
    private final LinkedBlockingQueue<String> told = new LinkedBlockingQueue<>();

    private Jetty() throws Exception {
      connector.setHost("127.0.0.1");
      server.addConnector(connector);
      server.setHandler(new Handler.Abstract() {
        @Override
        public boolean handle(Request request, Response response, Callback callback) throws Exception {
          ByteBuffer body;
          try (InputStream in = Content.Source.asInputStream(request)) {
            body = ByteBuffer.wrap(in.readAllBytes());
          }
          String words = request.getHeaders().get(MARK) + " " + request.getMethod() + " " + request.getHttpURI()
              .getPathQuery() + " "
              + body.remaining() + " " + crc(body.array());
          told.add(words);
          response.write(true, ByteBuffer.wrap(words.getBytes(UTF_8)), callback);
          return true;
        }
      });
      server.start();
    }

    @Override
    public int port() {
      return connector.getLocalPort();
    }

    @Override
    public List<String> told() {
      List<String> all = new ArrayList<>();
      told.drainTo(all);
      return all;
    }

    @Override
    public void close() {
      try {
        server.stop();
      } catch (Exception e) {
        throw new IllegalStateException("Jetty does not stop", e);
      }
    }
  }

  /** Node.js, a process of its own, which tells what it has seen on its output. */
  final class Node implements RealOrigin {
    private static final String PROGRAM = """
        const http = require('http');
        const table = new Uint32Array(256).map((_, n) => { for (let k = 0; k < 8; k++) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1; return n; });
        const crc = bytes => { let c = ~0; for (const b of bytes) c = table[(c ^ b) & 255] ^ (c >>> 8); return ((~c) >>> 0).toString(16).padStart(8, '0'); };
        const server = http.createServer((request, response) => {
          const pieces = [];
          request.on('data', piece => pieces.push(piece));
          request.on('end', () => {
            const body = Buffer.concat(pieces);
            const words = `${request.headers['x-mark']} ${request.method} ${request.url} ${body.length} ${crc(body)}`;
            console.log(words);
            response.end(words);
          });
          request.on('error', () => {});
        });
        server.listen(0, '127.0.0.1', () => console.log(server.address().port));
        process.stdin.on('data', said => console.log(`-- ${said.toString().trim()}`));
        process.stdin.on('end', () => process.exit(0));
        """;

    private final Process process;
    private final BufferedReader out;
    private final int port;
    private int asked;

    private Node() throws IOException {
      Path program = Files.createTempFile("origin", ".cjs");
      Files.writeString(program, PROGRAM);
      process = new ProcessBuilder("node", program.toString()).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      out = process.inputReader();
      port = Integer.parseInt(out.readLine());
      Files.delete(program);
    }

    @Override
    public int port() {
      return port;
    }

    /** What it says now comes behind all that it has said before. */
    @Override
    public List<String> told() throws IOException {
      String end = String.valueOf(++asked);
      process.outputWriter().write(end + "\n");
      process.outputWriter().flush();
      List<String> all = new ArrayList<>();
      for (String line = out.readLine(); !line.equals("-- " + end); line = out.readLine()) {
        all.add(line);
      }
      return all;
    }

    @Override
    public void close() {
      process.destroy();
    }
  }
}
