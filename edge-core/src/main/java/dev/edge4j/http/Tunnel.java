package dev.edge4j.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Another protocol, spoken byte by byte over a connection that was HTTP/1.1 until its 101 (RFC 9110 section 7.8). */
public interface Tunnel extends Body.Protocol {
  /**
   * Speaks it, on a virtual thread, from when the 101 has left until the connection ends: when this returns, it is closed. Reads wait for
   * the client, writes while it is slower; both fail with {@link IOException} once it has left, and a read gives -1 once it has closed its half. A server that
   * stops closes it too.
   */
  void run(InputStream in, OutputStream out) throws IOException;
}
