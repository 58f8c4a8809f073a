package dev.edge4j.state.store;

import dev.edge4j.data.StoreException;
import dev.edge4j.data.sqlite.SqlConnection;
import dev.edge4j.data.sqlite.SqliteFile;
import dev.edge4j.state.ObjectId;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Whose file an own file is: written in it, as its name is a hash.
 *
 * @param format of the tables beside it
 */
record OwnIdentity(int format, String namespace, String object) {
  private static final int FORMAT = 1;

  private static final String TABLE = """
      CREATE TABLE edge4j_file (
        one INTEGER PRIMARY KEY CHECK (one = 1), format INTEGER NOT NULL, namespace TEXT NOT NULL,
        object TEXT NOT NULL) STRICT;
      """;

  /** Makes the tables of an object in an empty file. */
  static boolean make(SqlConnection c, ObjectId id) throws SQLException {
    c.execute(Tables.OWN.schema());
    c.execute(TABLE);
    return c.update("INSERT INTO edge4j_file VALUES (1, ?, ?, ?)", FORMAT, id.namespace(), id.name()) == 1;
  }

  /** Whether the tables are there; throws {@link StoreException} if it is another object's file, or no object's. */
  static boolean check(SqliteFile file, ObjectId id, Path path) {
    List<String> tables = file.read(c -> c.query("SELECT name FROM sqlite_schema", row -> row.getString(1)));
    if (tables.isEmpty()) {
      return false;
    }
    Optional<OwnIdentity> actual = !tables.contains("edge4j_file") ? Optional.empty()
        : file.read(c -> c.queryOne("SELECT format, namespace, object FROM edge4j_file",
            row -> new OwnIdentity(row.getInt(1), row.getString(2), row.getString(3))));
    var expected = new OwnIdentity(FORMAT, id.namespace(), id.name());
    if (!actual.equals(Optional.of(expected))) {
      throw new StoreException(StoreException.Reason.FAILED, "object file " + path + " is of " + actual.map(
          OwnIdentity::toString).orElse("nobody") + " (expected: " + expected + ")");
    }
    return true;
  }
}
