package dev.edge4j.client;

/** What is spoken with an origin. */
public enum OriginProtocol {
  /** HTTP/1.1 alone. */
  HTTP_1_1,
  /** Over TLS HTTP/2 where the origin takes it, by ALPN (RFC 9113 section 3.2), else HTTP/1.1. */
  NEGOTIATED,
  /** HTTP/2 alone, over a plain connection with prior knowledge (RFC 9113 section 3.3). */
  HTTP_2
}
