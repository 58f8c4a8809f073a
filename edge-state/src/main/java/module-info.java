/** Durable objects: named, single-threaded, and on disk before they answer. */
module dev.edge4j.state {
  requires static transitive org.jspecify;
  requires transitive dev.edge4j.core;
  requires java.sql;
  requires transitive dev.edge4j.data;
  requires com.cronutils;
  requires org.slf4j;

  exports dev.edge4j.state;
  exports dev.edge4j.state.testing;
}
