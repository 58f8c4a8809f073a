package dev.edge4j.state.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.edge4j.data.sqlite.SqlConnection;
import dev.edge4j.state.KeyRange;
import dev.edge4j.state.ObjectId;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A range of keys as a scan of the b-tree that holds them. */
final class KeyQuery {
  private KeyQuery() {}

  static List<String> keys(Tables tables, SqlConnection c, ObjectId id, Slot.Kind kind, KeyRange range)
      throws SQLException {
    var sql = new StringBuilder("SELECT key FROM @entry WHERE namespace = ? AND object = ? AND kind = ?");
    var arguments = new ArrayList<Object>(List.of(id.namespace(), id.name(), kind.number()));
    if (!range.prefix().isEmpty()) {
      sql.append(" AND key >= ? AND key < CAST(? AS TEXT)");
      arguments.add(range.prefix());
      arguments.add(pastPrefix(range.prefix()));
    }
    range.from().ifPresent(key -> {
      sql.append(" AND key >= ?");
      arguments.add(key);
    });
    range.to().ifPresent(key -> {
      sql.append(" AND key < ?");
      arguments.add(key);
    });
    range.after().ifPresent(key -> {
      sql.append(range.reverse() ? " AND key < ?" : " AND key > ?");
      arguments.add(key);
    });
    sql.append(range.reverse() ? " ORDER BY key DESC LIMIT ?" : " ORDER BY key LIMIT ?");
    arguments.add(range.limit());
    return c.query(tables.sql(sql.toString()), row -> row.getString(1), arguments.toArray());
  }

  /** No byte of UTF-8 is 0xFF, so this is past every key with the prefix and before every other greater one. */
  private static byte[] pastPrefix(String prefix) {
    byte[] bytes = prefix.getBytes(UTF_8);
    byte[] end = Arrays.copyOf(bytes, bytes.length + 1);
    end[bytes.length] = (byte) 0xff;
    return end;
  }
}
