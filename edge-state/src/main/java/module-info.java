/** Durable objects: named, single-threaded, and on disk before they answer. */
module dev.edge4j.state {
  requires static transitive org.jspecify;
  requires transitive dev.edge4j.core;
  requires java.sql;
  requires dev.edge4j.data;
  requires org.slf4j;

  exports dev.edge4j.state;
}
