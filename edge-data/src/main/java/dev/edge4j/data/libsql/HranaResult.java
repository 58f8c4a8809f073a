package dev.edge4j.data.libsql;

import dev.edge4j.data.sql.RecordMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a statement brought.
 *
 * @param rows as JSON, read only where somebody wants them
 * @param changed how many rows it inserted, changed or deleted
 */
record HranaResult(List<String> columns, List<?> rows, long changed) {

  static HranaResult of(Map<?, ?> json) throws HranaException {
    return new HranaResult(columns(json.get("cols")), HranaJson.list(json.get("rows"), "rows"), HranaJson.count(json
        .get("affected_row_count"), "affected_row_count").orElse(0));
  }

  /** The names of the columns; one without a name has an empty one. */
  static List<String> columns(@Nullable Object json) throws HranaException {
    List<String> columns = new ArrayList<>();
    for (Object column : HranaJson.list(json, "cols")) {
      columns.add(HranaJson.optionalText(HranaJson.object(column, "a column").get("name"), "a column's name")
          .orElse(""));
    }
    return columns;
  }

  <T> List<T> as(Class<T> type) throws HranaException {
    RecordMapper.Row<T> mapper = RecordMapper.of(type).bind(columns);
    List<T> mapped = new ArrayList<>(rows.size());
    for (Object row : rows) {
      mapped.add(mapper.map(values(columns, row)));
    }
    return mapped;
  }

  static @Nullable Object[] values(List<String> columns, @Nullable Object row) throws HranaException {
    List<?> cells = HranaJson.list(row, "a row");
    if (cells.size() != columns.size()) {
      throw HranaJson.unexpected("a row", cells, columns.size() + " values");
    }
    @Nullable
    Object[] values = new @Nullable Object[cells.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = HranaValue.decode(cells.get(i), columns.get(i));
    }
    return values;
  }
}
