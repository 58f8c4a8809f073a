package dev.edge4j.data.sql;

import dev.edge4j.data.MappingException;
import dev.edge4j.data.RawRow;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Makes records of rows, by the rules of {@link dev.edge4j.data.Queries}; and {@link RawRow}s as they are. Immutable.
 *
 * <p>A record that is not public, or whose package its module does not export, must be in a package that is open to
 * {@code dev.edge4j.data}.
 */
public final class RecordMapper<T> {
  /** Makes a value of the values of one row, which stand in the order of the columns. */
  @FunctionalInterface
  public interface Row<T> {
    T map(@Nullable Object[] values);
  }

  private static final ClassValue<RecordMapper<?>> MAPPERS = new ClassValue<>() {
    @Override
    protected RecordMapper<?> computeValue(Class<?> type) {
      return new RecordMapper<>(type);
    }
  };

  private final Class<T> type;
  private final List<Component> components;
  private final @Nullable Constructor<T> constructor;

  private RecordMapper(Class<T> type) {
    this.type = type;
    if (type == RawRow.class) {
      this.components = List.of();
      this.constructor = null;
    } else if (type.isRecord()) {
      this.components = Arrays.stream(type.getRecordComponents()).map(c -> Component.of(type, c)).toList();
      this.constructor = canonical(type);
    } else {
      this.components = List.of(Component.single(type));
      this.constructor = null;
    }
  }

  /** The mapper to a record or to the type of a single column; throws {@link MappingException} if it can be neither. */
  @SuppressWarnings("unchecked") // computeValue makes it for this very class
  public static <T> RecordMapper<T> of(Class<T> type) {
    return (RecordMapper<T>) MAPPERS.get(type);
  }

  /** Fits the record to the columns of one result; throws {@link MappingException} naming a component without a column. */
  public Row<T> bind(List<String> columns) {
    if (type == RawRow.class) {
      return values -> type.cast(new RawRow(columns, values, asked -> of(asked).bind(columns).map(values)));
    }
    if (constructor == null) {
      return single(columns);
    }
    Constructor<T> maker = constructor;
    var indexes = components.stream().mapToInt(c -> column(c, columns)).toArray();
    return values -> {
      @Nullable
      Object[] arguments = new @Nullable Object[indexes.length];
      for (int i = 0; i < indexes.length; i++) {
        arguments[i] = components.get(i).convert(values[indexes[i]], columns.get(indexes[i]));
      }
      return make(maker, arguments);
    };
  }

  @SuppressWarnings("unchecked") // not Class.cast: long.class reads a Long
  private Row<T> single(List<String> columns) {
    if (columns.size() != 1) {
      throw new MappingException(type.getSimpleName() + ": columns " + columns + " (expected: one, or a record)");
    }
    Component only = components.getFirst();
    return values -> {
      Object value = only.convert(values[0], columns.getFirst());
      if (value == null) {
        throw new AssertionError("a single column is not nullable");
      }
      return (T) value;
    };
  }

  private T make(Constructor<T> maker, @Nullable Object[] arguments) {
    try {
      return maker.newInstance(arguments);
    } catch (InvocationTargetException e) {
      throw new MappingException(type.getSimpleName() + " refuses a row: " + e.getCause(), e);
    } catch (ReflectiveOperationException e) {
      throw new MappingException(type.getName() + " cannot be made: " + e.getMessage(), e);
    }
  }

  private int column(Component component, List<String> columns) {
    int found = -1;
    for (int i = 0; i < columns.size(); i++) {
      if (plain(columns.get(i)).equals(plain(component.name()))) {
        if (found >= 0) {
          throw new MappingException(component.label() + ": columns " + columns.get(found) + " and " + columns.get(i)
              + " both fit (expected: one; rename the other with AS)");
        }
        found = i;
      }
    }
    if (found < 0) {
      throw new MappingException(component.label() + " has no column (columns: " + columns + ")");
    }
    return found;
  }

  /** created_at, CREATED_AT and createdAt are one name. */
  private static String plain(String name) {
    return name.replace("_", "").toLowerCase(Locale.ROOT);
  }

  private static <T> Constructor<T> canonical(Class<T> type) {
    Class<?>[] parameters = Arrays.stream(type.getRecordComponents())
        .map(RecordComponent::getType)
        .toArray(Class<?>[]::new);
    try {
      Constructor<T> constructor = type.getDeclaredConstructor(parameters);
      constructor.trySetAccessible(); // if it does not work, making one tells why
      return constructor;
    } catch (NoSuchMethodException e) {
      throw new AssertionError("a record has a canonical constructor", e);
    }
  }
}
