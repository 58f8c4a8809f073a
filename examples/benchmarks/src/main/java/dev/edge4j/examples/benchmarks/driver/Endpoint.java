package dev.edge4j.examples.benchmarks.driver;

import java.net.URI;

/** What is asked for. */
enum Endpoint {
  PLAINTEXT("/plaintext", "plaintext"), JSON("/json", "json"), PRODUCT("/product/42?currency=EUR",
      "product (param + query)"), ROUTED("/api/resource35/42/notes/7", "routed (200 routes)"), ECHO("/echo",
          "echo 1 KiB"), MIDDLEWARE("/mw5", "5 no-op middleware"), PAGE("/page", "page (Mustache.java, 4 KiB)"), SLEEP(
              "/sleep5", "handler sleeps 5 ms"), SOCKET("/socket", "handler asks a socket");

  static final int ECHO_BYTES = 1_024;

  private final String target;
  private final String title;

  Endpoint(String target, String title) {
    this.target = target;
    this.title = title;
  }

  String title() {
    return title;
  }

  URI uri(int port) {
    return URI.create("http://127.0.0.1:" + port + target);
  }

  /** True if only a server answers it whose handlers may block. */
  boolean blocks() {
    return this == SLEEP || this == SOCKET;
  }

  boolean isPost() {
    return this == ECHO;
  }
}
