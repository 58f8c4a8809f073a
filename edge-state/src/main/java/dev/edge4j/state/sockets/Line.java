package dev.edge4j.state.sockets;

import dev.edge4j.Message;
import dev.edge4j.WebSocket;
import dev.edge4j.WebSocketClosedException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One open connection: what is to be sent waits here, bounded, and a virtual thread of its own sends it, so that whoever delivers never waits. A client that is
 * so slow that too much waits is cut off; it may resume. Safe for use by many threads.
 */
public final class Line {
  /** Another connection has taken the session over. */
  public static final int RESUMED_ELSEWHERE = 4409;
  /** The client takes too little (try again later, registry of RFC 6455). */
  public static final int TOO_SLOW = 1013;

  private static final int MOST = 1_024;
  private static final long MOST_BYTES = 4 << 20;

  /** What the client has missed counts for nothing: it is bounded already. */
  private record Item(@Nullable Message message, WebSocket.@Nullable Close close, int bytes) {}

  private final WebSocket ws;
  private final String session;
  private final Set<String> tags;
  private final Optional<Token> token;
  private final ReentrantLock lock = new ReentrantLock();
  private final ArrayDeque<Item> waiting = new ArrayDeque<>(2);
  /** Answers that were given while the connection was on its way to join; they follow what it has missed. */
  private final ArrayDeque<Item> early = new ArrayDeque<>(0);
  private long bytes;
  private int count;
  private boolean joined;
  private boolean sending;
  private boolean over;
  private volatile boolean last;

  /**
   * A connection that gets nothing yet.
   *
   * @param token what its client may resume with; empty if it cannot
   */
  public Line(WebSocket ws, String session, Set<String> tags, Optional<Token> token) {
    this.ws = ws;
    this.session = session;
    this.tags = tags;
    this.token = token;
  }

  public WebSocket ws() {
    return ws;
  }

  public String session() {
    return session;
  }

  public boolean isResumable() {
    return token.isPresent();
  }

  /** Whether this connection is the session's last: the object has closed it, or one of its messages failed. */
  public boolean isLast() {
    return last;
  }

  /** Says that the session ends with this connection. */
  public void last() {
    last = true;
  }

  boolean isIn(Audience audience) {
    return audience.holds(session, tags);
  }

  /** From here on it gets what is sent, after its token and what it has missed. */
  void join(List<Outgoing.Send> missed) {
    lock.lock();
    try {
      joined = true;
      token.ifPresent(shown -> waiting.add(new Item(Framing.session(shown.text()), null, 0)));
      missed.forEach(send -> waiting.add(new Item(Framing.numbered(send.number(), send.message()), null, 0)));
      waiting.addAll(early);
      early.clear();
      start();
    } finally {
      lock.unlock();
    }
  }

  /** Sends a message, framed as the client expects it, if it has joined. */
  void send(long number, Message message) {
    send(number, message, false);
  }

  /** Sends what has no number and is not sent again: the answer to what came over this very connection, kept until it has joined. */
  public void send(Message message) {
    send(0, message, true);
  }

  private void send(long number, Message message, boolean isAnswer) {
    Message framed = isResumable() ? Framing.numbered(number, message) : message;
    boolean tooSlow;
    lock.lock();
    try {
      if (over || (!joined && !isAnswer)) {
        return;
      }
      var item = new Item(framed, null, 1 + Framing.bytes(framed));
      bytes += item.bytes();
      count++;
      (joined ? waiting : early).add(item);
      tooSlow = count > MOST || bytes > MOST_BYTES;
      if (!tooSlow && joined) {
        start();
      }
    } finally {
      lock.unlock();
    }
    if (tooSlow) {
      cut(TOO_SLOW, "more waits than the client takes");
    }
  }

  /** Closes it after what waits. */
  public void close(WebSocket.Close close) {
    lock.lock();
    try {
      if (!over) {
        waiting.add(new Item(null, close, 0));
        start();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Closes it at once; what waits is dropped. */
  public void cut(int code, String reason) {
    lock.lock();
    try {
      over = true;
      waiting.clear();
      early.clear();
    } finally {
      lock.unlock();
    }
    ws.close(code, reason);
  }

  private void start() {
    if (!sending) {
      sending = true;
      Thread.ofVirtual().name("edge4j-socket-" + session).start(this::drain);
    }
  }

  private void drain() {
    try {
      for (Item item = next(); item != null; item = next()) {
        if (item.message() != null) {
          ws.send(item.message());
        } else if (item.close() != null) {
          cut(item.close().code(), item.close().reason());
        }
      }
    } catch (WebSocketClosedException | UncheckedIOException gone) {
      lock.lock();
      try {
        over = true; // its handler finds out by itself
        waiting.clear();
      } finally {
        lock.unlock();
      }
    }
  }

  private @Nullable Item next() {
    lock.lock();
    try {
      Item item = waiting.poll();
      sending = item != null;
      if (item != null && item.bytes() > 0) {
        bytes -= item.bytes();
        count--;
      }
      return item;
    } finally {
      lock.unlock();
    }
  }
}
