/** The router, the pipeline, the middleware and the server. */
module dev.edge4j.core {
  requires static transitive org.jspecify;
  requires static java.management;
  requires static jjwt.api;
  requires static com.aayushatharva.brotli4j;
  requires static com.github.luben.zstd_jni;
  requires com.fasterxml.jackson.annotation;
  requires io.netty.buffer;
  requires io.netty.codec;
  requires io.netty.codec.http2;
  requires io.netty.common;
  requires io.netty.handler;
  requires io.netty.transport;
  requires io.netty.transport.unix.common;
  requires static io.netty.transport.classes.epoll;
  requires static io.netty.transport.classes.io_uring;
  requires org.slf4j;
  requires re2j;
  requires tools.jackson.core;
  requires tools.jackson.databind;

  exports dev.edge4j;
  exports dev.edge4j.check;
  exports dev.edge4j.env;
  exports dev.edge4j.http;
  exports dev.edge4j.http.multipart;
  exports dev.edge4j.http.structured;
  exports dev.edge4j.json;
  exports dev.edge4j.kv;
  exports dev.edge4j.middleware;
  exports dev.edge4j.middleware.compression;
  exports dev.edge4j.middleware.experiment;
  exports dev.edge4j.middleware.files;
  exports dev.edge4j.middleware.idempotency;
  exports dev.edge4j.resilience;
  exports dev.edge4j.routing;
  exports dev.edge4j.server;
  exports dev.edge4j.server.limits;
  exports dev.edge4j.server.tls;
  exports dev.edge4j.server.transport;
  exports dev.edge4j.testing;
}
