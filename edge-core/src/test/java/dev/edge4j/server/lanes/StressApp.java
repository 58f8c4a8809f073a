package dev.edge4j.server.lanes;

import dev.edge4j.App;
import dev.edge4j.BodyTap;
import dev.edge4j.Context;
import dev.edge4j.Gate;
import dev.edge4j.Handler;
import dev.edge4j.Verdict;
import dev.edge4j.http.Body;
import dev.edge4j.http.Response;
import dev.edge4j.middleware.Timeout;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;
import java.util.zip.CRC32;

/**
 * An application that does everything that handlers do which may go wrong on an event loop's stack. Each route answers with the number
 * it was asked with, so that no answer can be taken for another.
 */
final class StressApp implements AutoCloseable {
  static final int CONNECTIONS = 4;
  /** Of a streamed body. */
  static final int LINES = 20;

  private final ServerSocket echo;
  private final BlockingQueue<Socket> sockets = new ArrayBlockingQueue<>(CONNECTIONS);
  private final BlockingQueue<Connection> database = new ArrayBlockingQueue<>(CONNECTIONS);
  private final ReentrantLock lock = new ReentrantLock();
  private final Object monitor = new Object();
  private final Logger logger = Logger.getAnonymousLogger();
  final AtomicLong logged = new AtomicLong();
  long locked;
  long monitored;

  StressApp(Path folder) throws IOException, SQLException {
    echo = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::serveEcho);
    for (int i = 0; i < CONNECTIONS; i++) {
      sockets.add(new Socket(echo.getInetAddress(), echo.getLocalPort()));
      database.add(open(folder.resolve("stress.db")));
    }
    logger.setUseParentHandlers(false);
    logger.setLevel(Level.INFO);
    logger.addHandler(new Counting(logged));
  }

  private static Connection open(Path file) throws SQLException {
    Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
    try (var statement = connection.createStatement()) {
      statement.execute("PRAGMA journal_mode = WAL");
      statement.execute("PRAGMA synchronous = OFF");
      statement.execute("PRAGMA busy_timeout = 10000");
      statement.execute("CREATE TABLE IF NOT EXISTS hits (n INTEGER)");
    }
    return connection;
  }

  /** Formats, and so holds the lock of its handler, as one that writes to a file does. */
  private static final class Counting extends StreamHandler {
    Counting(AtomicLong count) {
      super(OutputStream.nullOutputStream(), new Formatter() {
        @Override
        public String format(LogRecord record) {
          count.incrementAndGet();
          return record.getMessage();
        }
      });
    }
  }

  App app() {
    var app = new App();
    app.get("/health", Handler.exempt(c -> c.text(number(c))));
    app.use((Gate) c -> {
      c.tap(new LoggingTap());
      return Verdict.pass();
    });
    app.get("/plain", c -> c.text(number(c)));
    app.get("/inline", Handler.inline(c -> c.text(number(c))));
    app.get("/hop", Handler.hop(c -> c.text(number(c))));
    app.get("/json", c -> c.json(new Numbered(number(c))));
    app.get("/sleep", c -> {
      Thread.sleep(1);
      return c.text(number(c));
    });
    app.get("/lock", this::locked);
    app.get("/monitor", this::monitored);
    app.get("/log", c -> {
      logger.info("a handler");
      return c.text(number(c));
    });
    app.get("/socket", this::overSocket);
    app.get("/database", this::fromDatabase);
    app.get("/stream", StressApp::streamed);
    app.post("/body", StressApp::summed);
    app.get("/slow", StressApp::burnt);
    app.get("/error", c -> {
      throw new IllegalStateException("as it should: " + number(c));
    });
    app.onError((c, _) -> c.text(500, number(c)));
    app.with(Timeout.after(Duration.ofMinutes(1))).get("/timed", c -> c.text(number(c)));
    return app;
  }

  /** Logs the end of each body: on the loop where nothing else has run, so that the loop wants the lock of the log too. */
  private final class LoggingTap implements BodyTap {
    @Override
    public void chunk(ByteBuffer bytes) {
      // Nothing to do.
    }

    @Override
    public void end() {
      logger.info("a body");
    }

    @Override
    public void abort() {
      logger.info("half a body");
    }
  }

  /** What {@code /json} answers with. */
  record Numbered(String number) {}

  private static String number(Context c) {
    return c.query("n").asString();
  }

  private Response locked(Context c) throws InterruptedException {
    lock.lock();
    try {
      locked++;
      if (locked % 16 == 0) {
        Thread.sleep(0, 200_000); // holds it while it is parked
      }
    } finally {
      lock.unlock();
    }
    return c.text(number(c));
  }

  private Response monitored(Context c) throws InterruptedException {
    synchronized (monitor) {
      monitored++;
      if (monitored % 16 == 0) {
        Thread.sleep(0, 200_000);
      }
    }
    return c.text(number(c));
  }

  private Response overSocket(Context c) throws IOException, InterruptedException {
    byte[] said = number(c).getBytes(StandardCharsets.US_ASCII);
    Socket socket = sockets.take();
    try {
      socket.getOutputStream().write(said);
      return c.text(new String(socket.getInputStream().readNBytes(said.length), StandardCharsets.US_ASCII));
    } finally {
      sockets.add(socket);
    }
  }

  private void serveEcho() {
    while (!echo.isClosed()) {
      try {
        Socket peer = echo.accept();
        Thread.ofVirtual().start(() -> serveEcho(peer));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private static void serveEcho(Socket peer) {
    try (peer; InputStream in = peer.getInputStream()) {
      in.transferTo(peer.getOutputStream());
    } catch (SocketException e) {
      // The other end has gone.
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private Response fromDatabase(Context c) throws SQLException, InterruptedException {
    long n = c.query("n").asLong();
    Connection connection = database.take();
    try {
      if (n % 8 == 0) {
        try (var insert = connection.prepareStatement("INSERT INTO hits VALUES (?)")) {
          insert.setLong(1, n);
          insert.executeUpdate();
        }
      }
      try (var select = connection.prepareStatement("SELECT ?")) {
        select.setLong(1, n);
        try (ResultSet row = select.executeQuery()) {
          row.next();
          return c.text(row.getString(1));
        }
      }
    } finally {
      database.add(connection);
    }
  }

  /** Rows written so far. */
  long hits() throws SQLException, InterruptedException {
    Connection connection = database.take();
    try (var statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT count(*) FROM hits")) {
      row.next();
      return row.getLong(1);
    } finally {
      database.add(connection);
    }
  }

  private static Response streamed(Context c) {
    byte[] line = (number(c) + "\n").getBytes(StandardCharsets.US_ASCII);
    return Response.of(200).withBody(new Body.Stream(out -> {
      for (int i = 0; i < LINES; i++) {
        out.write(line);
        if (i == LINES / 2) {
          out.flush();
        }
      }
    }));
  }

  private static Response summed(Context c) throws IOException {
    var sum = new CRC32();
    try (InputStream in = c.request().body().stream()) {
      var buffer = new byte[1_000];
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        sum.update(buffer, 0, count);
      }
    }
    return c.text(number(c) + " " + sum.getValue());
  }

  /** Slow once in a while, so that it is learned, comes back, and is learned again. */
  private static Response burnt(Context c) {
    if (c.query("n").asLong() % 128 == 0) {
      long end = System.nanoTime() + 4_000_000;
      while (System.nanoTime() < end) {
        Thread.onSpinWait();
      }
    }
    return c.text(number(c));
  }

  @Override
  public void close() throws IOException, SQLException {
    for (Socket socket = sockets.poll(); socket != null; socket = sockets.poll()) {
      socket.close();
    }
    for (Connection connection = database.poll(); connection != null; connection = database.poll()) {
      connection.close();
    }
    echo.close();
  }
}
