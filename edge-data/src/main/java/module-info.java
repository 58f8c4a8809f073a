/** Data stores and event sinks behind seams, their SQLite implementations, and the mesh that routes each class of data to its store. */
module dev.edge4j.data {
  requires static transitive org.jspecify;
  requires transitive dev.edge4j.core;
  requires java.net.http;
  requires transitive java.sql;
  requires org.xerial.sqlitejdbc;
  requires static lettuce.core;
  requires static com.zaxxer.hikari;
  requires static org.postgresql.jdbc;
  requires static org.tukaani.xz;
  requires static io.opentelemetry.api;
  requires static micrometer.core;
  requires static org.junit.jupiter.api;
  requires org.slf4j;

  exports dev.edge4j.data.clickhouse;
  exports dev.edge4j.data.contract;
  exports dev.edge4j.data.engines;
  exports dev.edge4j.data.redis;
  exports dev.edge4j.data.kv;
  exports dev.edge4j.data.libsql;
  exports dev.edge4j.data.mesh.config;
  exports dev.edge4j.data.observe;
  exports dev.edge4j.data.origin;
  exports dev.edge4j.data.outbox;
  exports dev.edge4j.data.postgres;
  exports dev.edge4j.data.replica;
  exports dev.edge4j.data.sql;
  exports dev.edge4j.data.sqlite;
  exports dev.edge4j.data;

  uses dev.edge4j.data.mesh.config.StoreProvider;

  provides dev.edge4j.data.mesh.config.StoreProvider with
      dev.edge4j.data.clickhouse.ClickHouseProvider,
      dev.edge4j.data.libsql.LibsqlProvider,
      dev.edge4j.data.mesh.config.MemoryProvider,
      dev.edge4j.data.postgres.PostgresProvider,
      dev.edge4j.data.redis.RedisProvider,
      dev.edge4j.data.replica.SqliteReplicaProvider,
      dev.edge4j.data.sqlite.SqliteProvider;
}
