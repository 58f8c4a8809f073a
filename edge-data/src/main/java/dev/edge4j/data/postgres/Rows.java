package dev.edge4j.data.postgres;

import dev.edge4j.data.sql.RecordMapper;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.Oid;
import org.postgresql.jdbc.PgResultSet;

/** Reads rows as records. Confined to one query. */
final class Rows<T> {
  /** Reads a column of the current row; NULL is null. */
  @FunctionalInterface
  private interface Column {
    @Nullable
    Object read(ResultSet row, int index) throws SQLException;
  }

  private final RecordMapper<T> mapper;

  Rows(Class<T> type) {
    this.mapper = RecordMapper.of(type);
  }

  List<T> all(ResultSet result) throws SQLException {
    var rows = new ArrayList<T>();
    each(result, rows::add);
    return rows;
  }

  /** Hands all rows to {@code each}; how many there were. */
  long each(ResultSet result, Consumer<? super T> each) throws SQLException {
    ResultSetMetaData about = result.getMetaData();
    PgResultSet postgres = result.unwrap(PgResultSet.class);
    var names = new ArrayList<String>();
    var columns = new ArrayList<Column>();
    for (int i = 1; i <= about.getColumnCount(); i++) {
      names.add(about.getColumnLabel(i));
      columns.add(column(postgres.getColumnOID(i)));
    }
    RecordMapper.Row<T> bound = mapper.bind(names);
    long count = 0;
    while (result.next()) {
      @Nullable
      Object[] values = new @Nullable Object[columns.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = columns.get(i).read(result, i + 1);
      }
      each.accept(bound.map(values));
      count++;
    }
    return count;
  }

  /**
   * What has no type of its own in Java is text: enums, json, arrays, intervals, and a timestamp without a zone. By the type's number,
   * because the driver asks the server for its name.
   */
  private static Column column(int type) {
    return switch (type) {
      case Oid.INT2, Oid.INT4, Oid.INT8, Oid.FLOAT4, Oid.FLOAT8, Oid.NUMERIC, Oid.BOOL, Oid.BYTEA,
          Oid.UUID -> ResultSet::getObject;
      case Oid.TIMESTAMPTZ -> (row, index) -> row.getObject(index, OffsetDateTime.class);
      case Oid.DATE -> (row, index) -> row.getObject(index, LocalDate.class);
      default -> ResultSet::getString;
    };
  }
}
