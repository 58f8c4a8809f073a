package dev.edge4j.client;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The exchanges of one connection of HTTP/2: how many there may be, which streams they have, whether more may come. Safe for use by many threads; does no I/O, so
 * its lock is never held for long.
 */
final class Http2Streams {
  private static final int FIRST_LIMIT = 100;
  private static final int MOST_STREAMS = 10_000;
  private static final int LAST_STREAM = 0x7fff_fff0;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition room = lock.newCondition();
  private final Map<Integer, Http2Exchange> open = new HashMap<>();
  /** Exchanges that have a place, those included that have no stream yet. */
  private int entered;
  private int limit = FIRST_LIMIT;
  private int next = 1;
  private boolean retired;
  private boolean failed;
  private long idleSince = System.nanoTime();

  /** False once new requests need another connection. */
  boolean isOpen() {
    lock.lock();
    try {
      return takesMore();
    } finally {
      lock.unlock();
    }
  }

  private boolean takesMore() {
    return !failed && !retired;
  }

  /** Waits for a place among the streams that the origin takes at once. False if it takes no more at all. */
  boolean enter(Patience patience) throws IOException {
    lock.lock();
    try {
      while (takesMore() && entered >= limit) {
        if (!room.await(patience.millis(), TimeUnit.MILLISECONDS)) {
          throw OriginException.busy("the origin takes " + limit + " requests at once, and has them");
        }
      }
      if (!takesMore()) {
        return false;
      }
      entered++;
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for the origin");
    } finally {
      lock.unlock();
    }
  }

  /** The number of the stream that an exchange with a place gets; 0 if it gets none any more, and has no place either. */
  int register(Http2Exchange exchange) {
    lock.lock();
    try {
      if (!takesMore()) {
        entered--;
        return 0;
      }
      int number = next;
      next += 2;
      retired |= next > LAST_STREAM;
      open.put(number, exchange);
      exchange.opened(number);
      return number;
    } finally {
      lock.unlock();
    }
  }

  /** The exchange of that stream; null if it has ended. */
  @Nullable
  Http2Exchange exchange(int stream) throws OriginException {
    lock.lock();
    try {
      Http2Frame.check((stream & 1) == 1 && stream < next, "a frame for a stream that nobody has opened");
      return open.get(stream);
    } finally {
      lock.unlock();
    }
  }

  /** False if it is no stream any more. Who gets true {@linkplain #leave leaves} once the origin knows too. */
  boolean forget(int stream) {
    lock.lock();
    try {
      return open.remove(stream) != null;
    } finally {
      lock.unlock();
    }
  }

  /** Gives a place back. */
  void leave() {
    lock.lock();
    try {
      entered--;
      idleSince = System.nanoTime();
      room.signal();
    } finally {
      lock.unlock();
    }
  }

  /** So many at once, from now on. */
  void limit(long most) {
    lock.lock();
    try {
      limit = (int) Math.min(most, MOST_STREAMS);
      room.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Takes no more. */
  void retire() {
    lock.lock();
    try {
      retired = true;
      room.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Takes no more if there were none for so long. */
  void retireIfIdle(long nanos) {
    lock.lock();
    try {
      retired |= entered == 0 && System.nanoTime() - idleSince > nanos;
    } finally {
      lock.unlock();
    }
  }

  /** Takes no more, and gives up those with a higher number than the {@code last} that the origin comes to (RFC 9113 section 6.8). */
  List<Http2Exchange> retireBeyond(int last) {
    List<Http2Exchange> refused = new ArrayList<>();
    lock.lock();
    try {
      retired = true;
      open.entrySet().removeIf(stream -> {
        boolean beyond = stream.getKey() > last;
        if (beyond) {
          refused.add(stream.getValue());
          entered--;
        }
        return beyond;
      });
      room.signalAll();
    } finally {
      lock.unlock();
    }
    return refused;
  }

  /** True once it takes no more and has none. */
  boolean areDone() {
    lock.lock();
    try {
      return retired && entered == 0;
    } finally {
      lock.unlock();
    }
  }

  /** Those that were open, and are no more; empty if that was said before. */
  Optional<List<Http2Exchange>> fail() {
    lock.lock();
    try {
      if (failed) {
        return Optional.empty();
      }
      failed = true;
      List<Http2Exchange> ended = List.copyOf(open.values());
      open.clear();
      entered -= ended.size();
      room.signalAll();
      return Optional.of(ended);
    } finally {
      lock.unlock();
    }
  }

  boolean haveFailed() {
    lock.lock();
    try {
      return failed;
    } finally {
      lock.unlock();
    }
  }
}
