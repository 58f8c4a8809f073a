package dev.edge4j.data.libsql;

import dev.edge4j.data.sql.NamedSql;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A statement with its arguments, as it is sent.
 *
 * @param sql with {@code ?} for arguments
 * @param args in the form of {@link HranaValue}
 */
record HranaStatement(String sql, List<Map<String, Object>> args) {

  static HranaStatement of(String sql, Map<String, ?> args) {
    NamedSql named = NamedSql.parse(sql);
    Object[] values = named.values(args);
    List<Map<String, Object>> encoded = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      encoded.add(HranaValue.encode(named.names().get(i), values[i]));
    }
    return new HranaStatement(named.positional(), encoded);
  }

  static HranaStatement plain(String sql) {
    return new HranaStatement(sql, List.of());
  }

  /** Its JSON, {@code stmt}. */
  Map<String, Object> json(boolean wantsRows) {
    Map<String, Object> json = new HashMap<>();
    json.put("sql", sql);
    json.put("args", args);
    json.put("want_rows", wantsRows);
    return json;
  }
}
