package dev.edge4j.data.postgres;

/** What concurrent transactions may see of each other (PostgreSQL manual, chapter 13.2). */
public enum Isolation {
  /** Each statement sees what was committed when it began; what was read may have changed when it is written. */
  READ_COMMITTED("READ COMMITTED"),
  /** The transaction sees one moment, and is run again if a row that it writes has changed since. */
  REPEATABLE_READ("REPEATABLE READ"),
  /** As if transactions of this level ran one after another; those that cannot are run again. */
  SERIALIZABLE("SERIALIZABLE");

  private final String sql;

  Isolation(String sql) {
    this.sql = sql;
  }

  String sql() {
    return sql;
  }
}
