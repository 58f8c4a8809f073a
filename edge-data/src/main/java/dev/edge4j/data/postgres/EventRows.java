package dev.edge4j.data.postgres;

import dev.edge4j.json.JsonCodec;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Events as rows of a table with a column for each field. */
final class EventRows {
  private static final JsonCodec JSON = JsonCodec.jackson();

  private final String table;

  EventRows(String table) {
    this.table = Names.folded("table", table);
  }

  /** The fields of an event; throws {@link IllegalArgumentException} if it is neither a record nor a map. */
  static Map<String, @Nullable Object> fields(Object event) {
    var fields = new LinkedHashMap<String, @Nullable Object>();
    switch (event) {
      case Record named -> {
        for (RecordComponent component : named.getClass().getRecordComponents()) {
          fields.put(component.getName(), value(component, named));
        }
      }
      case Map<?, ?> map -> map.forEach((name, value) -> fields.put(String.valueOf(name), value));
      default -> throw new IllegalArgumentException("event: " + event.getClass().getName()
          + " (expected: a record or a map)");
    }
    fields.replaceAll((_, value) -> cell(value));
    return fields;
  }

  /** Rows with the same fields, one after the other, go in together: a column that they do not have gets its default. */
  void insert(Connection connection, List<Map<String, @Nullable Object>> events) throws SQLException {
    Map<String, String> names = columns(Copy.types(connection, table).keySet());
    int begin = 0;
    for (int i = 1; i <= events.size(); i++) {
      if (i == events.size() || !events.get(i).keySet().equals(events.get(begin).keySet())) {
        copy(connection, names, events.subList(begin, i));
        begin = i;
      }
    }
  }

  private void copy(Connection connection, Map<String, String> names, List<Map<String, @Nullable Object>> events)
      throws SQLException {
    var fields = List.copyOf(events.getFirst().keySet());
    var columns = new ArrayList<String>();
    for (String field : fields) {
      String column = names.get(plain(field));
      if (column == null) {
        throw new IllegalArgumentException("event: field \"" + field + "\" has no column in table " + table
            + " (expected: one of " + new TreeSet<>(names.values()) + ")");
      }
      columns.add(column);
    }
    var rows = new ArrayList<List<@Nullable Object>>(events.size());
    for (Map<String, @Nullable Object> event : events) {
      var row = new ArrayList<@Nullable Object>(fields.size());
      fields.forEach(field -> row.add(event.get(field)));
      rows.add(row);
    }
    new Copy(table, columns).run(connection, rows);
  }

  private static Map<String, String> columns(Set<String> names) {
    var columns = new LinkedHashMap<String, String>();
    names.forEach(name -> columns.put(plain(name), name));
    return columns;
  }

  /** took_millis, TOOK_MILLIS and tookMillis are one name. */
  private static String plain(String name) {
    return name.replace("_", "").toLowerCase(Locale.ROOT);
  }

  /** What a column cannot hold as it is becomes JSON. */
  private static @Nullable Object cell(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case Optional<?> optional -> cell(optional.orElse(null));
      case String _,Number _,Boolean _,Instant _,LocalDate _,UUID _,byte[] _,Enum<?> _ -> number(value);
      default -> new String(JSON.write(value), StandardCharsets.UTF_8);
    };
  }

  private static Object number(Object value) {
    return switch (value) {
      case Long _,Integer _,Short _,Double _,Float _,BigDecimal _ -> value;
      case Number other -> new BigDecimal(other.toString());
      default -> value;
    };
  }

  private static @Nullable Object value(RecordComponent component, Record event) {
    try {
      var accessor = component.getAccessor();
      accessor.trySetAccessible(); // if it does not work, calling it tells why
      return accessor.invoke(event);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException("event: " + event.getClass().getName() + "." + component.getName()
          + " cannot be read (expected: a record in a package that is open to dev.edge4j.data)", e);
    }
  }
}
