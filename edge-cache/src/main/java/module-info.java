/** A value cache in layers and a cache of HTTP responses. */
module dev.edge4j.cache {
  requires static transitive org.jspecify;
  requires transitive dev.edge4j.core;
  requires com.github.benmanes.caffeine;
  requires org.slf4j;

  exports dev.edge4j.cache;
  exports dev.edge4j.cache.bus;
  exports dev.edge4j.cache.http;
  exports dev.edge4j.cache.response;
}
