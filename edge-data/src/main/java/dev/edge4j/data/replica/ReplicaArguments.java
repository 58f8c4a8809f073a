package dev.edge4j.data.replica;

import dev.edge4j.data.StoreException;
import dev.edge4j.data.sql.NamedSql;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Arguments as a copy keeps such values. Safe for use by many threads. */
final class ReplicaArguments {
  private static final int KEPT = 2_048;

  private final Map<String, Optional<ColumnType>> columns = new HashMap<>();
  private final ConcurrentHashMap<String, ComparedColumns> known = new ConcurrentHashMap<>();
  private final boolean scaled;

  ReplicaArguments(Iterable<TableShape> tables) {
    for (TableShape table : tables) {
      for (TableShape.Column column : table.columns()) {
        columns.merge(column.name().toLowerCase(Locale.ROOT), Optional.of(column.type()), ReplicaArguments::same);
      }
    }
    this.scaled = columns.values().stream().anyMatch(type -> type.isEmpty() || type.get() instanceof ColumnType.Scaled);
  }

  /** The value of each parameter; throws {@link StoreException} for a statement that the copy cannot answer rightly. */
  Object[] bind(NamedSql named, Map<String, ?> args) {
    Object[] values = named.values(args);
    List<Optional<ColumnType>> partners = compared(named.positional()).parameters();
    for (int i = 0; i < values.length; i++) {
      values[i] = stored(values[i], i < partners.size() ? partners.get(i) : Optional.empty(), named);
    }
    return values;
  }

  private ComparedColumns compared(String sql) {
    ComparedColumns columnsOf = known.get(sql);
    if (columnsOf == null) {
      columnsOf = ComparedColumns.of(sql, columns);
      if (known.size() < KEPT) {
        known.put(sql, columnsOf);
      }
    }
    return columnsOf;
  }

  private Object stored(Object value, Optional<ColumnType> column, NamedSql named) {
    boolean whole = column.filter(ColumnType.Whole.class::isInstance).isPresent();
    return switch (value) {
      case Instant instant when whole -> instant.toEpochMilli();
      case Instant instant -> Micros.of(instant);
      case Number number when column.isPresent() && column.get() instanceof ColumnType.Scaled(int scale) -> scaled(
          number, scale);
      case BigDecimal _ when scaled && column.isEmpty() -> throw new StoreException(StoreException.Reason.STATEMENT,
          "the copy cannot see which column the number " + value
              + " is compared with (expected: column and parameter side by side) in: "
              + named.positional());
      case Optional<?> optional when optional.isPresent() -> stored(optional.get(), column, named);
      default -> value;
    };
  }

  /** What lies between two values that the column can have stays between them. */
  private static Object scaled(Number number, int scale) {
    BigDecimal moved = new BigDecimal(number.toString()).movePointRight(scale);
    boolean exact = moved.signum() == 0 || moved.stripTrailingZeros().scale() <= 0;
    return exact && moved.abs().compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0 ? (Object) moved.longValueExact()
        : moved.doubleValue();
  }

  /** A name that means columns of two kinds is of none, where one of them is kept otherwise than it is written. */
  private static Optional<ColumnType> same(Optional<ColumnType> one, Optional<ColumnType> other) {
    boolean plain = one.filter(ReplicaArguments::isPlain).isPresent() && other.filter(ReplicaArguments::isPlain)
        .isPresent();
    return one.equals(other) || plain ? one : Optional.empty();
  }

  private static boolean isPlain(ColumnType type) {
    return !(type instanceof ColumnType.Scaled || type instanceof ColumnType.Moment);
  }
}
