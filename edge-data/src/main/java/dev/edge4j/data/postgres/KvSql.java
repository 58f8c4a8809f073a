package dev.edge4j.data.postgres;

import dev.edge4j.kv.KvArguments;

/**
 * The statements of {@link PostgresKv} on its table. Each is one round trip and one transaction: it asks the server's clock, changes a
 * row under its lock, and tells watchers when it commits.
 *
 * <p>Versions come from a sequence. A write that waits for another of the same key takes its number when it has the row's lock, so the
 * later write has the higher number. A delete leaves the row behind, emptied, because the lock and the version that stand in it are
 * what keeps a put that has taken its number already from coming after it with a lower one; it is swept out when no such put can be
 * under way any more.
 */
record KvSql(String create, String get, String getAll, String put, String putIfAbsent, String putIfVersion,
    String touch,
    String delete, String deleteIf, String list, String sweep) {

  /** Behind the longest statement by far. */
  static final long GRACE_MILLIS = 600_000;

  private static final String NOW = "WITH n AS (SELECT coalesce(?::bigint,"
      + " (extract(epoch FROM clock_timestamp()) * 1000)::bigint) AS now) ";

  /**
   * @param name a plain name
   * @param channel what watchers listen to
   * @param firstVersion of a sequence that is made: above those of one that was lost
   */
  static KvSql of(String name, String channel, long firstVersion) {
    String t = Names.quoted("table", name);
    String sequence = Names.quoted("table", name + "_version");
    String next = "nextval('" + sequence + "')";
    String until = "CASE WHEN ?::boolean THEN least(n.now + ?::bigint, " + KvArguments.LAST_EXPIRY
        + ") ELSE ?::bigint END";
    String tell = ", pg_notify('" + channel + "', ?) FROM w";
    String put = NOW + ", w AS (INSERT INTO " + t + " AS k (key, value, metadata, version, expires_at, changed_at)"
        + " SELECT ?::bytea, ?::bytea, ?::text, " + next + ", " + until + ", n.now FROM n"
        + " ON CONFLICT (key) DO UPDATE SET value = excluded.value, metadata = excluded.metadata, version = " + next
        + ", expires_at = excluded.expires_at, changed_at = excluded.changed_at";
    String there = " WHERE k.key = ?::bytea AND k.expires_at > n.now";
    String empty = NOW + ", w AS (UPDATE " + t
        + " AS k SET value = '', metadata = NULL, expires_at = 0, changed_at = n.now"
        + " FROM n" + there;
    String entry = NOW + "SELECT k.key, k.value, k.metadata, k.version, k.expires_at FROM " + t
        + " AS k, n WHERE k.expires_at > n.now";
    return new KvSql(create(t, Names.quoted("table", name + "_expiry"), sequence, firstVersion),
        entry + " AND k.key = ?::bytea",
        entry + " AND k.key = ANY (?)",
        put + " RETURNING version) SELECT version" + tell,
        put + " WHERE k.expires_at <= (SELECT now FROM n) RETURNING version) SELECT version" + tell,
        NOW + ", w AS (UPDATE " + t + " AS k SET value = ?::bytea, metadata = ?::text, version = " + next
            + ", expires_at = "
            + until + ", changed_at = n.now FROM n" + there + " AND k.version = ? RETURNING k.version) SELECT version"
            + tell,
        NOW + ", w AS (UPDATE " + t + " AS k SET version = " + next + ", expires_at = " + until
            + ", changed_at = n.now FROM n"
            + there + " RETURNING k.version) SELECT version" + tell,
        empty + " RETURNING k.version) SELECT version" + tell,
        empty + " AND k.version = ? RETURNING k.version) SELECT version" + tell,
        NOW + "SELECT k.key, k.expires_at, k.metadata FROM " + t
            + " AS k, n WHERE k.key >= ?::bytea AND k.key > ?::bytea"
            + " AND k.key < ?::bytea AND k.expires_at > n.now ORDER BY k.key LIMIT ?",
        NOW + "DELETE FROM " + t + " WHERE key IN (SELECT k.key FROM " + t + " AS k, n WHERE k.expires_at < "
            + KvArguments.NEVER
            + " AND greatest(k.expires_at, k.changed_at) <= n.now - ?::bigint LIMIT ? FOR UPDATE OF k SKIP LOCKED)");
  }

  /** Under a lock: two that make a table at the same moment would disturb each other in spite of IF NOT EXISTS. */
  private static String create(String table, String index, String sequence, long firstVersion) {
    return "SELECT pg_advisory_xact_lock(hashtextextended('edge4j kv " + table + "', 0));"
        + " CREATE SEQUENCE IF NOT EXISTS " + sequence + " START WITH " + firstVersion + ";"
        + " CREATE TABLE IF NOT EXISTS " + table + " (key bytea PRIMARY KEY, value bytea NOT NULL, metadata text,"
        + " version bigint NOT NULL, expires_at bigint NOT NULL, changed_at bigint NOT NULL);"
        + " CREATE INDEX IF NOT EXISTS " + index + " ON " + table
        + " (greatest(expires_at, changed_at)) WHERE expires_at < "
        + KvArguments.NEVER;
  }
}
