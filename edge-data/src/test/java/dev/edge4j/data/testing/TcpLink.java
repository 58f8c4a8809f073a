package dev.edge4j.data.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A link to a server on this machine that can be cut (connections end, new ones end at once) or stalled (nothing passes any more). */
public final class TcpLink implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TcpLink.class);

  private final ServerSocket listener;
  private final int target;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean stalled;
  private volatile boolean cut;
  private volatile boolean closed;

  private TcpLink(int target) throws IOException {
    this.target = target;
    this.listener = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().name("link to " + target).start(this::accept);
  }

  public static TcpLink to(int port) {
    try {
      return new TcpLink(port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** Ends all connections, and each new one as it comes, until {@link #heal}. */
  public void cut() {
    cut = true;
    closeAll();
  }

  /** Lets nothing through, and says so to nobody, until {@link #heal}. */
  public void stall() {
    setStalled(true);
  }

  public void heal() {
    cut = false;
    setStalled(false);
  }

  private void setStalled(boolean now) {
    lock.lock();
    try {
      stalled = now;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void accept() {
    while (!closed) {
      try {
        take(listener.accept());
      } catch (IOException e) {
        LOG.debug("closed, or a client that has gone already", e);
      }
    }
  }

  private void take(Socket near) throws IOException {
    if (cut) {
      near.close();
    } else {
      open.add(near);
      Thread.ofVirtual().start(() -> join(near));
    }
  }

  private void join(Socket near) {
    try {
      passOrWait();
      Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
      open.add(far);
      near.setTcpNoDelay(true);
      far.setTcpNoDelay(true);
      if (cut || closed) {
        closeAll();
      }
      Thread.ofVirtual().start(() -> copy(near, far));
      copy(far, near);
    } catch (IOException e) {
      close(near);
    }
  }

  private void copy(Socket from, Socket to) {
    byte[] buffer = new byte[64 * 1024];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        passOrWait();
        out.write(buffer, 0, read);
      }
    } catch (IOException e) {
      LOG.debug("an end of the link has gone; so goes the other", e);
    }
    close(from);
    close(to);
  }

  private void passOrWait() {
    lock.lock();
    try {
      while (stalled && !closed) {
        changed.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  private void closeAll() {
    open.forEach(this::close);
  }

  private void close(Socket socket) {
    open.remove(socket);
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    closed = true;
    setStalled(false);
    closeAll();
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
