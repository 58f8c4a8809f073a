package dev.edge4j.data.outbox;

/**
 * The tables of an outbox: the events that wait, the batches whose bounds are fixed (each a range of events), the events set aside, and how
 * much there is, in one row, so that no append has to count.
 */
final class OutboxSql {
  static final String CREATE = """
      CREATE TABLE IF NOT EXISTS event (id INTEGER PRIMARY KEY, type TEXT NOT NULL, bytes INTEGER NOT NULL, body TEXT NOT NULL);
      CREATE TABLE IF NOT EXISTS batch (first INTEGER PRIMARY KEY, last INTEGER NOT NULL, token TEXT NOT NULL,
        failures INTEGER NOT NULL);
      CREATE TABLE IF NOT EXISTS aside (id INTEGER PRIMARY KEY, type TEXT NOT NULL, bytes INTEGER NOT NULL, body TEXT NOT NULL,
        error TEXT NOT NULL, at INTEGER NOT NULL);
      CREATE TABLE IF NOT EXISTS total (events INTEGER NOT NULL, bytes INTEGER NOT NULL, aside INTEGER NOT NULL,
        aside_bytes INTEGER NOT NULL);
      INSERT INTO total SELECT 0, 0, 0, 0 WHERE NOT EXISTS (SELECT 1 FROM total)""";

  static final String LAST_ID = "SELECT max(coalesce((SELECT max(id) FROM event), 0), coalesce((SELECT max(last) FROM batch), 0),"
      + " coalesce((SELECT max(id) FROM aside), 0))";
  static final String TOTAL = "SELECT events, bytes, aside, aside_bytes FROM total";
  static final String ADD = "UPDATE total SET events = events + ?, bytes = bytes + ?, aside = aside + ?, aside_bytes = aside_bytes + ?";

  static final String INSERT = "INSERT INTO event (id, type, bytes, body) VALUES (?, ?, ?, ?)";
  static final String LAST_EVENT = "SELECT coalesce(max(id), 0) FROM event";
  static final String ANY_UP_TO = "SELECT 1 FROM event WHERE id <= ? LIMIT 1";
  static final String FIRST_EVENT = "SELECT min(id) FROM event HAVING min(id) IS NOT NULL";
  static final String SIZES = "SELECT id, bytes FROM event WHERE id >= ? AND id < ? ORDER BY id LIMIT ?";
  static final String EVENTS = "SELECT id, type, body FROM event WHERE id BETWEEN ? AND ? ORDER BY id";
  static final String BYTES = "SELECT coalesce(sum(bytes), 0) FROM event WHERE id BETWEEN ? AND ?";
  static final String DELETE_ONE = "DELETE FROM event WHERE id = ?";
  static final String DELETE = "DELETE FROM event WHERE id BETWEEN ? AND ?";

  static final String BATCH = "SELECT first, last, token, failures FROM batch ORDER BY first LIMIT 1";
  static final String KEEP_BATCH = "INSERT INTO batch (first, last, token, failures) VALUES (?, ?, ?, ?)";
  static final String DELETE_BATCH = "DELETE FROM batch WHERE first = ?";
  static final String COUNT_FAILURE = "UPDATE batch SET failures = failures + 1 WHERE first = ?";

  static final String SET_ASIDE = "INSERT INTO aside (id, type, bytes, body, error, at) SELECT id, type, bytes, body, ?, ? FROM event"
      + " WHERE id = ?";
  static final String ASIDE = "SELECT type, body, error, at FROM aside ORDER BY id LIMIT ?";
  static final String ASIDE_AGAIN = "INSERT INTO event (id, type, bytes, body) SELECT ?, type, bytes, body FROM aside WHERE id = ?";
  static final String ASIDE_SIZES = "SELECT id, bytes FROM aside ORDER BY id LIMIT 1000";
  static final String DELETE_ASIDE = "DELETE FROM aside WHERE id = ?";

  /** What may be dropped: the oldest that belong to no batch. */
  static final String DROPPABLE = "SELECT id, bytes FROM event WHERE NOT EXISTS (SELECT 1 FROM batch WHERE event.id BETWEEN first AND last)"
      + " ORDER BY id LIMIT 1000";

  private OutboxSql() {}
}
