package dev.edge4j.examples.benchmarks.driver;

import java.net.URI;

/** What is asked for. */
enum Endpoint {
  PLAINTEXT("/plaintext", "plaintext"), JSON("/json", "json"), PRODUCT("/product/42?currency=EUR",
      "product (param + query)"), ROUTED("/api/resource35/42/notes/7", "routed (200 routes)"), ECHO("/echo",
          "echo 1 KiB"), MIDDLEWARE("/mw5", "5 no-op middleware"), PAGE("/page", "page (Mustache.java, 4 KiB)"), SLEEP(
              "/sleep5", "handler sleeps 5 ms"), SOCKET("/socket", "handler asks a socket"), CACHED_1K("/cached/1k",
                  "hit, 1 KiB"), CACHED_10K("/cached/10k", "hit, 10 KiB");

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

  /** True if it is what caches are asked for; others need not answer it. */
  boolean isCached() {
    return this == CACHED_1K || this == CACHED_10K;
  }

  boolean isPost() {
    return this == ECHO;
  }
}
