package dev.edge4j.data.origin;

import dev.edge4j.data.MappingException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes the rows that a store has made into records apart again, into columns. */
record RowShape(Class<?> type, List<String> columns) {

  static RowShape of(Class<?> type) {
    if (!type.isRecord()) {
      return new RowShape(type, List.of("value"));
    }
    for (RecordComponent component : type.getRecordComponents()) {
      var _ = component.getAccessor().trySetAccessible(); // if it does not work, the first row tells why
    }
    return new RowShape(type, Arrays.stream(type.getRecordComponents()).map(RecordComponent::getName).toList());
  }

  /** The JSON of a row's columns. */
  List<@Nullable Object> values(Object row) {
    List<@Nullable Object> values = new ArrayList<>(columns.size());
    if (!type.isRecord()) {
      values.add(WireValue.encode("value", row));
      return values;
    }
    for (RecordComponent component : type.getRecordComponents()) {
      values.add(WireValue.encode(component.getName(), read(component, row)));
    }
    return values;
  }

  private static @Nullable Object read(RecordComponent component, Object row) {
    try {
      var accessor = component.getAccessor();
      var _ = accessor.trySetAccessible();
      return accessor.invoke(row);
    } catch (InvocationTargetException e) {
      throw new MappingException(component + " fails: " + e.getCause(), e);
    } catch (IllegalAccessException e) {
      throw new MappingException(component + " cannot be read: " + e.getMessage(), e);
    }
  }
}
