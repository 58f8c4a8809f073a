package dev.edge4j.state.store;

import dev.edge4j.data.sqlite.SqlConnection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** How the stored replies of one file are forgotten. */
final class ReplyTable {
  /** A reply that has expired. */
  record Expired(String namespace, String object, String request) {}

  private static final String OF_MESSAGE = "substr(request, 1, " + MessageRow.PREFIX.length() + ") = '"
      + MessageRow.PREFIX + "'";
  private static final int AT_ONCE = 1_000;

  private ReplyTable() {}

  static long forgetExpired(Tables tables, SqlConnection c, Instant now) throws SQLException {
    return c.update(tables.sql("DELETE FROM @reply WHERE (namespace, object, request) IN (SELECT namespace, object,"
        + " request FROM @reply WHERE expires <= ? AND NOT " + OF_MESSAGE + " LIMIT " + AT_ONCE + ")"), now);
  }

  /** Replies to messages that have expired: the message may be there still. */
  static List<Expired> expiredOfMessages(SqlConnection c, Instant now) throws SQLException {
    return c.query("SELECT namespace, object, request FROM reply WHERE expires <= ? AND " + OF_MESSAGE
        + " ORDER BY expires LIMIT " + AT_ONCE,
        row -> new Expired(row.getString(1), row.getString(2), row.getString(3)), now);
  }

  /** Forgets some, and keeps for another time those of messages that are there still; how many were forgotten. */
  static long forget(SqlConnection c, List<Expired> replies, Set<String> kept, Instant until) throws SQLException {
    long forgotten = 0;
    for (Expired reply : replies) {
      if (kept.contains(reply.request())) {
        c.update("UPDATE reply SET expires = ? WHERE namespace = ? AND object = ? AND request = ?", until, reply
            .namespace(), reply.object(), reply.request());
      } else {
        forgotten += c.update("DELETE FROM reply WHERE namespace = ? AND object = ? AND request = ?", reply
            .namespace(), reply.object(), reply.request());
      }
    }
    return forgotten;
  }
}
