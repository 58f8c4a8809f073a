package dev.edge4j.proxy;

import dev.edge4j.App;
import dev.edge4j.client.OriginClient;
import dev.edge4j.client.OriginOptions;
import dev.edge4j.http.Request;
import dev.edge4j.http.RequestBody;
import dev.edge4j.http.RequestTarget;
import dev.edge4j.server.Server;
import dev.edge4j.server.ServerOptions;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Our proxy in front of a real origin. It marks each request that it sends on, and remembers what it took it for. */
final class Marked implements AutoCloseable {
  private final OriginClient client;
  private final Server server;
  private final AtomicInteger marks = new AtomicInteger();
  private final Map<String, Taken> taken = new ConcurrentHashMap<>();

  /** What one request was taken for: its body is whole once it has been read to its end. */
  static final class Taken {
    final String head;
    final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final long length;
    private volatile boolean ended;

    /** A request without a body has the length 0, one of a length that nobody knows -1. */
    Taken(String head, long length) {
      this.head = head;
      this.length = length;
    }

    boolean isWhole() {
      return ended || body.size() == length;
    }

    String words(String mark) {
      return mark + " " + head + " " + body.size() + " " + RealOrigin.crc(body.toByteArray());
    }
  }

  Marked(RealOrigin origin) {
    client = OriginClient.to("http://127.0.0.1:" + origin.port(), OriginOptions.defaults()
        .withRetries(0)
        .withoutBreaker());
    var app = new App();
    app.all("/*", Proxy.to(client).changing((_, request) -> mark(request)));
    server = Server.start(app, ServerOptions.port(0).withHost("127.0.0.1"));
  }

  private Request mark(Request request) {
    String mark = "m" + marks.incrementAndGet();
    String query = request.target().query();
    boolean bodiless = request.body() == RequestBody.EMPTY;
    var seen = new Taken(request.method() + " " + RequestTarget.encode(request.path()) + (query.isEmpty() ? ""
        : "?" + query), bodiless ? 0 : request.headers().first("Content-Length").map(Long::parseLong).orElse(-1L));
    taken.put(mark, seen);
    Request marked = request.withHeader(RealOrigin.MARK, mark);
    return bodiless ? marked : marked.withBody(new Watched(request.body(), seen));
  }

  int port() {
    return server.port();
  }

  /** What was taken since it was last asked, by mark. */
  Map<String, Taken> taken() {
    Map<String, Taken> all = Map.copyOf(taken);
    taken.keySet().removeAll(all.keySet());
    return all;
  }

  @Override
  public void close() {
    server.close();
    client.close();
  }

  /** A body that shows what is read of it. */
  private record Watched(RequestBody source, Taken seen) implements RequestBody {
    @Override
    public InputStream stream() {
      return new FilterInputStream(source.stream()) {
        @Override
        public int read() throws IOException {
          byte[] one = new byte[1];
          return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int from, int count) throws IOException {
          int got = super.read(target, from, count);
          if (got < 0) {
            seen.ended = true;
          } else {
            seen.body.write(target, from, got);
          }
          return got;
        }
      };
    }

    @Override
    public boolean isReady(int bytes) {
      return source.isReady(bytes);
    }
  }
}
