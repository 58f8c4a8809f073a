package dev.edge4j.data.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.data.StoreException;
import dev.edge4j.data.testing.Engines;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server may crash while the first connection of a pool is made: the ones after it are as good as ever. */
class AFirstConnectionThatBreaksIsReplacedTest {
  private static final PostgresOptions OPTIONS = PostgresOptions.of(Engines.database(Engines.postgres()))
      .withAcquireTimeout(Duration.ofSeconds(5));

  @ParameterizedTest
  @ValueSource(strings = {"isValid", "getTransactionIsolation", "setTransactionIsolation", "setReadOnly",
      "setAutoCommit", "setNetworkTimeout"})
  void atAnyOfItsFirstCalls(String method) throws SQLException {
    try (var pool = new ConnectionPool(breakingOnce(ConnectionSources.readers(OPTIONS), method), "breaking", 2,
        OPTIONS, new PostgresErrors("breaking"))) {
      for (int i = 0; i < 3; i++) {
        try (Connection connection = connected(pool)) {
          assertTrue(connection.isValid(5));
          assertEquals(Connection.TRANSACTION_READ_COMMITTED, connection.getTransactionIsolation());
        }
      }
    }
  }

  @Test
  void andWhyNoneCanBeMadeIsSaid() {
    DataSource broken = proxy(DataSource.class, (_, method, arguments) -> {
      throw new SQLException("the server crashed in the middle", "08006");
    });
    PostgresOptions hasty = OPTIONS.withAcquireTimeout(Duration.ofMillis(300));
    try (var pool = new ConnectionPool(broken, "broken", 2, hasty, new PostgresErrors("broken"))) {
      var error = assertThrows(StoreException.class, pool::acquire);
      assertTrue(String.valueOf(error.getMessage()).contains("the server crashed in the middle"), error.getMessage());
    }
  }

  /** The first may be handed out broken, as any may that breaks later. */
  private static Connection connected(ConnectionPool pool) {
    try {
      return pool.acquire();
    } catch (StoreException e) {
      return pool.acquire();
    }
  }

  private static DataSource breakingOnce(DataSource source, String method) {
    var broken = new AtomicBoolean();
    return proxy(DataSource.class, (_, called, arguments) -> {
      Object result = call(source, called, arguments);
      return !(result instanceof Connection connection) ? result
          : proxy(Connection.class, (_, each, given) -> {
            if (each.getName().equals(method) && broken.compareAndSet(false, true)) {
              connection.close();
              throw new SQLException("the connection broke", "08006");
            }
            return call(connection, each, given);
          });
    });
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[]{type}, handler));
  }

  private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
