package dev.edge4j.data.postgres;

import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How Java values become PostgreSQL's. Text and NULL have no type of their own, so they fit whatever the statement expects. An Instant
 * is a timestamptz (what is below a microsecond is lost), or milliseconds since 1970 where a bigint is expected.
 */
final class Binder {
  private static final String BIGINT = "int8";

  private Binder() {}

  static void bind(PreparedStatement statement, Object[] args) throws SQLException {
    boolean[] millis = hasInstants(args) ? bigints(statement, args.length) : new boolean[args.length];
    for (int i = 0; i < args.length; i++) {
      bind(statement, i + 1, args[i], millis[i]);
    }
  }

  private static void bind(PreparedStatement statement, int index, @Nullable Object value, boolean millis)
      throws SQLException {
    switch (value) {
      case String text -> statement.setString(index, text);
      case Long number -> statement.setLong(index, number);
      case Integer number -> statement.setInt(index, number);
      case Short number -> statement.setShort(index, number);
      case Double number -> statement.setDouble(index, number);
      case Float number -> statement.setFloat(index, number);
      case Boolean flag -> statement.setBoolean(index, flag);
      case byte[] bytes -> statement.setBytes(index, bytes);
      case Instant instant when millis -> statement.setLong(index, instant.toEpochMilli());
      case Instant instant -> statement.setObject(index, timestamp(instant));
      case LocalDate date -> statement.setObject(index, date);
      case BigDecimal number -> statement.setBigDecimal(index, number);
      case UUID id -> statement.setObject(index, id);
      case Enum<?> constant -> statement.setString(index, constant.name());
      case Optional<?> optional when optional.isEmpty() -> statement.setNull(index, Types.NULL);
      case Optional<?> optional -> bind(statement, index, optional.get(), millis);
      case null -> throw new IllegalArgumentException("argument " + index
          + ": null (expected: a value, or Optional.empty() for NULL)");
      default -> throw new IllegalArgumentException("argument " + index + ": " + value.getClass().getName()
          + " (expected: String, long, int, double, boolean, byte[], Instant, LocalDate, BigDecimal, UUID, an enum or"
          + " Optional of these)");
    }
  }

  private static OffsetDateTime timestamp(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
  }

  private static boolean hasInstants(Object[] args) {
    for (Object arg : args) {
      if (arg instanceof Instant || (arg instanceof Optional<?> optional && optional.orElse(null) instanceof Instant)) {
        return true;
      }
    }
    return false;
  }

  /** Which parameters are bigint, as the server infers it: a round trip, so that it is asked for Instants alone. */
  private static boolean[] bigints(PreparedStatement statement, int count) throws SQLException {
    for (int i = 1; i <= count; i++) {
      statement.setNull(i, Types.NULL);
    }
    var types = statement.getParameterMetaData();
    var bigint = new boolean[count];
    for (int i = 0; i < count; i++) {
      bigint[i] = types.getParameterTypeName(i + 1).equals(BIGINT);
    }
    return bigint;
  }
}
