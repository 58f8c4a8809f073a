package dev.edge4j.middleware.compression;

import java.io.IOException;
import java.io.OutputStream;

/** A content coding that a server can apply (RFC 9110 section 8.4.1). Safe for use by many threads. */
public interface ContentCoding {
  /** As it stands in {@code Content-Encoding}, in lower case. */
  String name();

  /**
   * A stream that writes the coded form of what it is given to another. Its {@code flush} makes all that was written so far readable for the
   * client; its {@code close} ends the coded form, frees what it holds and may be called twice.
   */
  OutputStream encode(OutputStream out) throws IOException;
}
