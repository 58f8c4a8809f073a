package dev.edge4j.http;

/** The version of HTTP that a request came by, between the client, or the last proxy, and this server (RFC 9110 section 2.5). */
public enum HttpVersion {
  /** HTTP/1.1 (RFC 9112), and what is older; in process too. */
  HTTP_1_1("HTTP/1.1"),
  /** HTTP/2 (RFC 9113). */
  HTTP_2("HTTP/2");

  private final String text;

  HttpVersion(String text) {
    this.text = text;
  }

  /** As people write it: {@code HTTP/2}. */
  public String text() {
    return text;
  }
}
