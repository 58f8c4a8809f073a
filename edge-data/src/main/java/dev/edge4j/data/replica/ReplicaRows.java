package dev.edge4j.data.replica;

import dev.edge4j.data.sql.RecordMapper;
import dev.edge4j.data.sqlite.RowMapper;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads rows of a copy as records: a column's declared type says how its value is kept. Confined to one query. */
final class ReplicaRows<T> implements RowMapper<T> {
  private final RecordMapper<T> mapper;
  private RecordMapper.@Nullable Row<T> row;
  private List<Optional<ColumnType>> types = List.of();
  private long weight;

  ReplicaRows(Class<T> type) {
    this.mapper = RecordMapper.of(type);
  }

  @Override
  public T map(ResultSet result) throws SQLException {
    RecordMapper.Row<T> bound = row;
    if (bound == null) {
      bound = bind(result.getMetaData());
    }
    @Nullable
    Object[] values = new @Nullable Object[types.size()];
    long bytes = 0;
    for (int i = 0; i < values.length; i++) {
      Object value = result.getObject(i + 1);
      Optional<ColumnType> type = types.get(i);
      values[i] = value == null || type.isEmpty() ? value : type.get().read(value);
      bytes += RowMapper.weight(value);
    }
    weight = bytes;
    return bound.map(values);
  }

  @Override
  public long weight() {
    return weight;
  }

  private RecordMapper.Row<T> bind(ResultSetMetaData columns) throws SQLException {
    var names = new ArrayList<String>();
    var kinds = new ArrayList<Optional<ColumnType>>();
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      names.add(columns.getColumnLabel(i));
      kinds.add(ColumnType.declaredAs(columns.getColumnTypeName(i)));
    }
    types = kinds;
    RecordMapper.Row<T> bound = mapper.bind(names);
    row = bound;
    return bound;
  }
}
