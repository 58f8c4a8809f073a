package dev.edge4j.data.clickhouse;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** A table made of a record's components, each a column of its name. Pure. */
final class TableDefinition {
  /** How many batches the table knows again; ClickHouse's own default for such tables is none. */
  static final int BATCHES_KNOWN = 10_000;

  private static final Map<Class<?>, String> TYPES = Map.ofEntries(Map.entry(long.class, "Int64"),
      Map.entry(Long.class, "Int64"), Map.entry(int.class, "Int32"), Map.entry(Integer.class, "Int32"),
      Map.entry(double.class, "Float64"), Map.entry(Double.class, "Float64"), Map.entry(boolean.class, "Bool"),
      Map.entry(Boolean.class, "Bool"), Map.entry(String.class, "String"), Map.entry(UUID.class, "UUID"),
      Map.entry(Instant.class, "DateTime64(3, 'UTC')"), Map.entry(LocalDate.class, "Date32"),
      Map.entry(BigDecimal.class, "Decimal(38, 9)"));

  private final List<String> columns;
  private final List<String> orderBy;

  private TableDefinition(List<String> columns, List<String> orderBy) {
    this.columns = columns;
    this.orderBy = orderBy;
  }

  static TableDefinition of(Class<? extends Record> type, List<String> orderBy) {
    RecordComponent[] components = type.getRecordComponents();
    for (String column : orderBy) {
      if (Arrays.stream(components).noneMatch(c -> c.getName().equals(column) && c.getType() != Optional.class)) {
        throw new IllegalArgumentException("order by: " + column + " (expected: a component of "
            + type.getSimpleName() + " that is no Optional)");
      }
    }
    return new TableDefinition(Arrays.stream(components)
        .map(c -> Names.quoted(c.getName()) + " " + columnType(type, c))
        .toList(), orderBy.stream().map(Names::quoted).toList());
  }

  /** The statement, which does nothing if there is a table of that name. */
  String create(String table, boolean knowsBatches) {
    String order = orderBy.isEmpty() ? "tuple()" : orderBy.stream().collect(Collectors.joining(", ", "(", ")"));
    return "CREATE TABLE IF NOT EXISTS " + table + " (" + String.join(", ", columns) + ") ENGINE = MergeTree ORDER BY "
        + order
        + (knowsBatches ? " SETTINGS non_replicated_deduplication_window = " + BATCHES_KNOWN : "");
  }

  private static String columnType(Class<?> owner, RecordComponent component) {
    Type type = component.getGenericType();
    if (type instanceof ParameterizedType generic && generic.getActualTypeArguments()[0] instanceof Class<?> of) {
      if (generic.getRawType() == Optional.class) {
        return "Nullable(" + plain(owner, component, of) + ")";
      }
      if (generic.getRawType() == List.class) {
        return "Array(" + plain(owner, component, of) + ")";
      }
    }
    return plain(owner, component, component.getType());
  }

  private static String plain(Class<?> owner, RecordComponent component, Class<?> type) {
    String found = type.isEnum() ? "String" : TYPES.get(type);
    if (found == null) {
      throw new IllegalArgumentException(owner.getSimpleName() + "." + component.getName() + ": " + type.getName()
          + " is no column (expected: long, int, double, boolean, String, Instant, LocalDate, BigDecimal, UUID, an enum,"
          + " or Optional or List of these; or make the table yourself)");
    }
    return found;
  }
}
