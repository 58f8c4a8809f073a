package dev.edge4j.server.http2;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.Handler;
import dev.edge4j.server.lanes.Lanes;
import dev.edge4j.server.limits.Counters;
import dev.edge4j.server.limits.Limits;
import dev.edge4j.server.wire.Peer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** However slow the client, and however early the end comes: what it has asked for is answered, and it hears of the end. Here the socket is a stage, so that it is as slow as we like. */
class AnEndLosesNothingTest {
  private final SlowSocket socket = new SlowSocket();
  private Http2Connection connection;
  private EmbeddedChannel channel;

  /** Keeps what is written until it may leave. */
  private static final class SlowSocket extends ChannelOutboundHandlerAdapter {
    private final List<Runnable> waiting = new ArrayList<>();
    private boolean full;

    @Override
    public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
      if (full) {
        waiting.add(() -> {
          var _ = ctx.writeAndFlush(msg, promise);
        });
      } else {
        var _ = ctx.write(msg, promise);
      }
    }

    void takesNothing() {
      full = true;
    }

    void takesAll() {
      full = false;
      waiting.forEach(Runnable::run);
      waiting.clear();
    }
  }

  @BeforeEach
  void open() {
    Limits limits = Limits.defaults();
    limits = limits.withClients(limits.clients().withMaxRequestsPerConnection(2));
    var app = new App();
    app.get("/", Handler.inline(c -> c.text("OK")));
    var counters = new Counters();
    connection = new Http2Connection(new Lanes(app.seal(), limits, counters), limits, counters,
        new Peer("http", InetAddress.getLoopbackAddress(), Optional.empty()));
    channel = new EmbeddedChannel(socket, connection);
  }

  @AfterEach
  void close() {
    socket.takesAll();
    channel.finishAndReleaseAll();
  }

  private void greet() {
    receive("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII));
    receive(Http2Client.frameBytes(FrameType.SETTINGS, 0, 0, Http2Client.NOTHING));
  }

  private void get(int stream) {
    byte[] block = Http2Client.block(":method", "GET", ":scheme", "http", ":authority", "t", ":path", "/");
    receive(Http2Client.frameBytes(FrameType.HEADERS, Http2Client.END_HEADERS | Http2Client.END_STREAM, stream, block));
  }

  private void receive(byte[] bytes) {
    var _ = channel.writeInbound(Unpooled.copiedBuffer(bytes));
  }

  /** The frames that have left since the last call. */
  private List<Http2Client.Received> sent() {
    List<Http2Client.Received> frames = new ArrayList<>();
    for (ByteBuf bytes = channel.readOutbound(); bytes != null; bytes = channel.readOutbound()) {
      while (bytes.isReadable()) {
        byte[] payload = new byte[bytes.readMedium()];
        int type = bytes.readByte();
        int flags = bytes.readByte();
        int stream = bytes.readInt();
        bytes.readBytes(payload);
        frames.add(new Http2Client.Received(type, flags, stream, payload));
      }
      bytes.release();
    }
    return frames;
  }

  private List<Http2Client.Received> sent(int type) {
    return sent().stream().filter(frame -> frame.type() == type).toList();
  }

  @Test
  void itComesOnceTheLastByteHasLeft() {
    greet();
    get(1);
    assertEquals(1, sent(FrameType.HEADERS).size());
    socket.takesNothing();
    get(3); // the last
    channel.runPendingTasks();
    assertTrue(channel.isOpen());
    socket.takesAll();
    channel.runPendingTasks();
    assertFalse(channel.isOpen());
    assertTrue(sent().stream().anyMatch(Http2Client.Received::endsStream));
    assertTrue(connection.done().isDone());
  }

  @Test
  void aStopThatComesBeforeTheFirstSettingsWaitsForThem() {
    connection.drain();
    channel.runPendingTasks();
    assertTrue(channel.isOpen());
    greet();
    assertEquals(List.of(Integer.MAX_VALUE), sent(FrameType.GOAWAY).stream()
        .map(Http2Client.Received::lastStream)
        .toList());
    get(1); // was under way
    assertEquals(1, sent(FrameType.HEADERS).size());
  }

  @Test
  void aStopDoesNotWaitForThemLong() {
    channel.freezeTime();
    connection.drain();
    channel.runPendingTasks();
    channel.advanceTimeBy(2, TimeUnit.SECONDS);
    channel.runPendingTasks();
    assertFalse(channel.isOpen());
  }

  @Test
  void whoConnectsWhileItIsAboutToStopIsTold() {
    connection.retire();
    channel.runPendingTasks();
    greet();
    assertEquals(List.of(Integer.MAX_VALUE), sent(FrameType.GOAWAY).stream()
        .map(Http2Client.Received::lastStream)
        .toList());
  }
}
