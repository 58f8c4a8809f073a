package dev.edge4j.cache.support;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A way to a server on this machine that can be cut: what is open breaks, and what comes is closed at once. */
public final class CutLink implements AutoCloseable {
  private final int target;
  private final ServerSocket listening;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile boolean cut;

  public CutLink(int target) {
    this.target = target;
    try {
      this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  public int port() {
    return listening.getLocalPort();
  }

  public void cut() {
    cut = true;
    open.forEach(CutLink::closeQuietly);
  }

  public void heal() {
    cut = false;
  }

  @Override
  public void close() {
    closeQuietly(listening);
    cut();
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket near = listening.accept();
        open.add(near);
        if (cut) {
          end(near);
        } else {
          join(near);
        }
      } catch (IOException _) {
        // Closed, or the server is away: whoever came sees it.
      }
    }
  }

  private void join(Socket near) throws IOException {
    Socket far;
    try {
      far = new Socket(InetAddress.getLoopbackAddress(), target);
    } catch (IOException e) {
      end(near);
      throw e;
    }
    open.add(far);
    Thread.ofVirtual().start(() -> copy(near, far));
    Thread.ofVirtual().start(() -> copy(far, near));
    if (cut) { // in between
      end(near);
      end(far);
    }
  }

  private void copy(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException _) {
      // Broken: both ends see it.
    }
    end(from);
    end(to);
  }

  private void end(Socket socket) {
    closeQuietly(socket);
    open.remove(socket);
  }

  private static void closeQuietly(AutoCloseable socket) {
    try {
      socket.close();
    } catch (Exception _) {
      // It is over.
    }
  }
}
