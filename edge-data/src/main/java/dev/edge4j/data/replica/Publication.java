package dev.edge4j.data.replica;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What of the origin's tables is sent. Its name carries a hash of its definition, so that two versions of a program that run side by
 * side and want different columns do not change each other's.
 */
record Publication(String app, List<ReplicatedTable> tables) {
  private static final Logger LOG = LoggerFactory.getLogger(Publication.class);
  private static final String DUPLICATE_OBJECT = "42710";
  private static final String UNIQUE_VIOLATION = "23505";
  private static final String INSUFFICIENT_PRIVILEGE = "42501";

  Publication {
    tables = List.copyOf(tables);
  }

  String definition() {
    return tables.stream().map(ReplicatedTable::published).sorted().collect(Collectors.joining(", "));
  }

  String name() {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(definition().getBytes(StandardCharsets.UTF_8));
      return "edge_" + app + "_" + HexFormat.of().formatHex(hash, 0, 4);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }

  String sql() {
    return "CREATE PUBLICATION " + Names.quoted(name()) + " FOR TABLE " + definition();
  }

  /** Makes it if it is not there. */
  void ensure(Connection connection) throws SQLException, RefusedException {
    if (isThere(connection)) {
      return;
    }
    try {
      Origin.run(connection, sql());
      LOG.info("made publication {}", name());
    } catch (SQLException e) {
      if (INSUFFICIENT_PRIVILEGE.equals(e.getSQLState())) {
        throw new RefusedException("the publication cannot be made: " + e.getMessage()
            + " (expected: the owner of the tables runs: " + sql()
            + ")", e);
      }
      boolean another = DUPLICATE_OBJECT.equals(e.getSQLState()) || UNIQUE_VIOLATION.equals(e.getSQLState());
      if (!another) {
        throw e;
      }
      LOG.debug("another node made publication {} at the same time", name());
    }
  }

  private boolean isThere(Connection connection) throws SQLException {
    return Origin.one(connection, "SELECT 1 FROM pg_publication WHERE pubname = ?", row -> true, name()).isPresent();
  }
}
