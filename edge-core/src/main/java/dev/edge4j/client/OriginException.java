package dev.edge4j.client;

import java.io.IOException;

/** An origin was not reached, did not answer in time, or answered with what is no HTTP. */
public final class OriginException extends IOException {
  private static final long serialVersionUID = 1L;

  /** What went wrong. */
  public enum Kind {
    /** No connection came about: nobody listens, the name is unknown, the certificate is not trusted. */
    CONNECT,
    /** All connections are in use, or the origin is not asked for now because it fails too often. */
    BUSY,
    /** It took longer than allowed. */
    TIMEOUT,
    /** The connection broke off before the response was whole. */
    BROKEN,
    /** It has turned the request away before doing anything (RFC 9113 section 8.7). */
    REFUSED,
    /** What it sent breaks the rules of HTTP, or is over a limit. */
    PROTOCOL
  }

  private final Kind kind;
  private final boolean neverExecuted;

  private OriginException(Kind kind, boolean neverExecuted, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.neverExecuted = neverExecuted;
  }

  private OriginException(Kind kind, boolean neverExecuted, String message) {
    super(message);
    this.kind = kind;
    this.neverExecuted = neverExecuted;
  }

  static OriginException connect(String message, Throwable cause) {
    return new OriginException(Kind.CONNECT, true, message, cause);
  }

  static OriginException busy(String message) {
    return new OriginException(Kind.BUSY, true, message);
  }

  static OriginException busy(String message, Throwable cause) {
    return new OriginException(Kind.BUSY, true, message, cause);
  }

  static OriginException refused(String message) {
    return new OriginException(Kind.REFUSED, true, message);
  }

  static OriginException timeout(String message) {
    return new OriginException(Kind.TIMEOUT, false, message);
  }

  /** One before anything was sent. */
  static OriginException connectTimeout(String message) {
    return new OriginException(Kind.TIMEOUT, true, message);
  }

  static OriginException broken(String message) {
    return new OriginException(Kind.BROKEN, false, message);
  }

  static OriginException broken(String message, Throwable cause) {
    return new OriginException(Kind.BROKEN, false, message, cause);
  }

  static OriginException protocol(String message) {
    return new OriginException(Kind.PROTOCOL, false, message);
  }

  static OriginException protocol(String message, Throwable cause) {
    return new OriginException(Kind.PROTOCOL, false, message, cause);
  }

  /** What went wrong. */
  public Kind kind() {
    return kind;
  }

  /** True if the origin has certainly done nothing, so that even what must not happen twice may be asked again. */
  public boolean neverExecuted() {
    return neverExecuted;
  }
}
