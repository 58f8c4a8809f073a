package dev.edge4j.data;

import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A row as its store gives it, before it is a record: for what works with statements of which it knows no record. Every store that maps
 * rows by {@code dev.edge4j.data.sql.RecordMapper} reads them so when it is asked for rows of this type. Immutable.
 */
public final class RawRow {
  private final List<String> columns;
  private final @Nullable Object[] values;
  private final Function<Class<?>, ?> mapping;

  /**
   * A row, as the mapper makes it.
   *
   * @param values in the order of the columns
   * @param mapping makes a value of the class that it is given of this row
   */
  public RawRow(List<String> columns, @Nullable Object[] values, Function<Class<?>, ?> mapping) {
    this.columns = List.copyOf(columns);
    this.values = values.clone();
    this.mapping = mapping;
  }

  /** The columns by name, in order. */
  public List<String> columns() {
    return columns;
  }

  /** Where a column stands, whatever the case of its name; empty if there is none. */
  public OptionalInt column(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).toLowerCase(Locale.ROOT).equals(lower)) {
        return OptionalInt.of(i);
      }
    }
    return OptionalInt.empty();
  }

  /** The value in a column, as the driver gives it; null for NULL. */
  public @Nullable Object value(int column) {
    return values[column];
  }

  /** The row as a record; see {@link Queries}. */
  @SuppressWarnings("unchecked") // not Class.cast: long.class makes a Long
  public <T> T as(Class<T> type) {
    return (T) mapping.apply(type);
  }
}
