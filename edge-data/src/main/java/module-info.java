/** Data stores and event sinks behind seams, their SQLite implementations, and the mesh that routes each class of data to its store. */
module dev.edge4j.data {
  requires static transitive org.jspecify;
  requires transitive dev.edge4j.core;
  requires transitive java.sql;
  requires org.xerial.sqlitejdbc;
  requires static org.junit.jupiter.api;
  requires org.slf4j;

  exports dev.edge4j.data;
  exports dev.edge4j.data.contract;
  exports dev.edge4j.data.sql;
  exports dev.edge4j.data.sqlite;
}
