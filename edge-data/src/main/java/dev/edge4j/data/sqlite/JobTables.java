package dev.edge4j.data.sqlite;

import dev.edge4j.jobs.JobId;
import dev.edge4j.jobs.JobOrder;
import dev.edge4j.jobs.JobState;
import dev.edge4j.jobs.JobStatus;
import dev.edge4j.jobs.Progress;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The tables of a queue of jobs and the statements on them: the jobs, their inputs, their results, and how many of each kind are open.
 *
 * @param open how many jobs of a kind are open
 * @param free makes every job that somebody has free again
 */
record JobTables(String create, String insert, String keepPayload, String keepResult, String count, String open,
    String update, String status, String named, String due, String nextDue, String result, String list,
    List<String> purge, String free) {

  /** What is open; in these words, for an index covers what says the same. */
  private static final String OPEN = "state IN ('WAITING', 'RUNNING')";

  private static final String COLUMNS = "id, kind, scope, key, webhook, created, state, attempts, epoch, version, due, changed, owner, fraction,"
      + " note, error";

  static JobTables named(String name) {
    String jobs = Tables.quoted(name);
    String payloads = Tables.quoted(name + "_payload");
    String results = Tables.quoted(name + "_result");
    String counts = Tables.quoted(name + "_open");
    String old = "(SELECT number FROM " + jobs + " WHERE state = ? AND changed < ? ORDER BY changed, number LIMIT ?)";
    return new JobTables(create(name, jobs, payloads, results, counts),
        "INSERT INTO " + jobs + " (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        "INSERT INTO " + payloads + " (number, payload) VALUES (?, ?)",
        "INSERT INTO " + results + " (result, number) SELECT ?, number FROM " + jobs + " WHERE id = ?",
        "INSERT INTO " + counts
            + " (kind, jobs) VALUES (?, ?) ON CONFLICT (kind) DO UPDATE SET jobs = jobs + excluded.jobs",
        "SELECT jobs FROM " + counts + " WHERE kind = ?",
        "UPDATE " + jobs + " SET state = ?, attempts = ?, epoch = ?, version = ?, due = ?, changed = ?, owner = ?,"
            + " fraction = ?, note = ?, error = ? WHERE id = ?",
        "SELECT " + COLUMNS + " FROM " + jobs + " WHERE id = ?",
        "SELECT " + COLUMNS + ", payload FROM " + jobs + " JOIN " + payloads
            + " USING (number) WHERE kind = ? AND scope = ? AND key = ?",
        "SELECT " + COLUMNS + ", payload FROM " + jobs + " JOIN " + payloads + " USING (number) WHERE kind = ? AND "
            + OPEN
            + " AND due <= ? ORDER BY due, number LIMIT ?",
        "SELECT due FROM " + jobs + " WHERE kind = ? AND " + OPEN + " ORDER BY due LIMIT 1",
        "SELECT result FROM " + jobs + " JOIN " + results + " USING (number) WHERE id = ?",
        "SELECT " + COLUMNS + " FROM " + jobs + " WHERE state = ? ORDER BY changed DESC, number DESC LIMIT ?",
        List.of("DELETE FROM " + payloads + " WHERE number IN " + old,
            "DELETE FROM " + results + " WHERE number IN " + old,
            "DELETE FROM " + jobs + " WHERE number IN " + old),
        "UPDATE " + jobs + " SET due = ? WHERE state = 'RUNNING'");
  }

  private static String create(String name, String jobs, String payloads, String results, String counts) {
    return "CREATE TABLE IF NOT EXISTS " + jobs
        + " (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL,"
        + " scope TEXT NOT NULL, key TEXT, webhook TEXT, created INTEGER NOT NULL, state TEXT NOT NULL, attempts INTEGER NOT NULL,"
        + " epoch INTEGER NOT NULL, version INTEGER NOT NULL, due INTEGER NOT NULL, changed INTEGER NOT NULL, owner TEXT,"
        + " fraction REAL NOT NULL, note TEXT NOT NULL, error TEXT);"
        + "CREATE UNIQUE INDEX IF NOT EXISTS " + Tables.quoted(name + "_key") + " ON " + jobs
        + " (kind, scope, key) WHERE key IS NOT NULL;"
        + "CREATE INDEX IF NOT EXISTS " + Tables.quoted(name + "_due") + " ON " + jobs + " (kind, due, number) WHERE "
        + OPEN
        + ";"
        + "CREATE INDEX IF NOT EXISTS " + Tables.quoted(name + "_changed") + " ON " + jobs
        + " (state, changed, number);"
        + "CREATE TABLE IF NOT EXISTS " + payloads + " (number INTEGER PRIMARY KEY, payload BLOB NOT NULL);"
        + "CREATE TABLE IF NOT EXISTS " + results + " (number INTEGER PRIMARY KEY, result BLOB NOT NULL);"
        + "CREATE TABLE IF NOT EXISTS " + counts + " (kind TEXT PRIMARY KEY, jobs INTEGER NOT NULL) WITHOUT ROWID";
  }

  /** The job that a row holds. */
  static JobStatus status(ResultSet row) throws SQLException {
    var order = new JobOrder(new JobId(row.getString("id")), row.getString("kind"), row.getString("scope"), text(row,
        "key"), text(row, "webhook"));
    return new JobStatus(order, JobState.valueOf(row.getString("state")), row.getInt("attempts"), row.getLong("epoch"),
        row.getLong("version"), time(row, "created"), time(row, "due"), time(row, "changed"), text(row, "owner"),
        new Progress(row.getDouble("fraction"), row.getString("note")), text(row, "error"));
  }

  private static Optional<String> text(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getString(column));
  }

  private static Instant time(ResultSet row, String column) throws SQLException {
    return Instant.ofEpochMilli(row.getLong(column));
  }
}
