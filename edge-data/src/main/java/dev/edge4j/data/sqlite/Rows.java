package dev.edge4j.data.sqlite;

import dev.edge4j.data.sql.RecordMapper;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads rows as records: fits the record to the columns at the first row. Confined to one query. */
final class Rows<T> implements RowMapper<T> {
  private final RecordMapper<T> mapper;
  private RecordMapper.@Nullable Row<T> row;
  private int columns;
  private long weight;

  Rows(Class<T> type) {
    this.mapper = RecordMapper.of(type);
  }

  @Override
  public T map(ResultSet result) throws SQLException {
    RecordMapper.Row<T> bound = row;
    if (bound == null) {
      List<String> names = names(result.getMetaData());
      columns = names.size();
      bound = mapper.bind(names);
      row = bound;
    }
    @Nullable
    Object[] values = new @Nullable Object[columns];
    weight = 0;
    for (int i = 0; i < columns; i++) {
      values[i] = result.getObject(i + 1);
      weight += RowMapper.weight(values[i]);
    }
    return bound.map(values);
  }

  @Override
  public long weight() {
    return weight;
  }

  private static List<String> names(ResultSetMetaData columns) throws SQLException {
    var names = new ArrayList<String>();
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      names.add(columns.getColumnLabel(i));
    }
    return names;
  }
}
