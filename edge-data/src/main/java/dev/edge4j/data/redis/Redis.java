package dev.edge4j.data.redis;

import dev.edge4j.data.QueryDeadline;
import dev.edge4j.data.StoreException;
import dev.edge4j.data.StoreException.Reason;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A client of one Redis or Valkey server, which stores, messages and limits may share: one connection for all calls, and one for
 * messages once somebody subscribes. Safe for use by many threads.
 *
 * <p>A connection that is lost is made anew for as long as it takes. Calls that were on their way fail, and nothing is sent twice: a
 * write whose answer was lost may or may not have happened ({@link StoreException#outcomeUnknown}). Calls that come later wait until a
 * {@linkplain RedisOptions#timeout timeout} after the loss, and fail at once from then on until the server is there again.
 *
 * <p>A call waits no longer than that timeout, or than {@link QueryDeadline#current} if that comes first; then it throws a
 * {@link StoreException}, and the connection stays for the others. Only a server that gives no sign of life either is connected anew.
 */
public final class Redis implements AutoCloseable {
  private final RedisAddress address;
  private final RedisOptions options;
  private final Connections connections;
  private final Link<StatefulRedisConnection<byte[], byte[]>> link;
  private final Channels channels;
  private final Semaphore room;

  private Redis(RedisAddress address, RedisOptions options) {
    this.address = address;
    this.options = options;
    this.room = new Semaphore(options.capacity());
    this.connections = new Connections(address, options);
    this.link = Link.start(address.toString(), options, connections.commands());
    this.channels = new Channels(address.toString(), options, connections);
  }

  /** With {@link RedisOptions#defaults()}. */
  public static Redis of(String url) {
    return of(url, RedisOptions.defaults());
  }

  /**
   * A client that connects now. Returns when it has, or when the first attempt has failed; then it goes on trying, and calls fail in
   * the meantime.
   *
   * @param url {@code redis://user:password@host:port/database}, of which all but the host may be left out; or {@code rediss:} (over
   *     TLS, the server's certificate is checked), {@code valkey:}, {@code valkeys:}
   * @throws IllegalArgumentException for anything else
   */
  public static Redis of(String url, RedisOptions options) {
    Redis redis = new Redis(RedisAddress.parse(url), options);
    try {
      redis.link.awaitFirstAttempt();
      return redis;
    } catch (InterruptedException e) {
      redis.close();
      throw Failures.interrupted(redis.address.toString(), "a connection", e);
    }
  }

  /** True while there is a connection, as far as is known. */
  public boolean isConnected() {
    return link.current().isPresent();
  }

  RedisOptions options() {
    return options;
  }

  /** Tells databases apart where Redis does not: messages are the whole server's. */
  int database() {
    return address.database();
  }

  Channels channels() {
    return channels;
  }

  /** Runs one command that changes nothing, or nothing that matters, and waits for its answer. */
  <T extends @Nullable Object> T call(String what,
      Function<RedisAsyncCommands<byte[], byte[]>, ? extends CompletionStage<T>> command) {
    return call(what, false, command);
  }

  private <T extends @Nullable Object> T call(String what, boolean writes,
      Function<RedisAsyncCommands<byte[], byte[]>, ? extends CompletionStage<T>> command) {
    Duration allowed = QueryDeadline.atMost(options.timeout());
    if (!allowed.isPositive()) {
      throw new StoreException(Reason.FAILED, "no time was left to ask Redis at " + address + " for " + what);
    }
    if (!room.tryAcquire()) {
      throw new StoreException(Reason.BUSY, "Redis at " + address + ": " + options.capacity()
          + " calls are waiting already, no room for " + what + " (try again later, or allow more)");
    }
    try {
      return within(allowed, what, writes, command);
    } catch (InterruptedException e) {
      throw Failures.interrupted(address.toString(), what, e);
    } finally {
      room.release();
    }
  }

  private <T extends @Nullable Object> T within(Duration allowed, String what, boolean writes,
      Function<RedisAsyncCommands<byte[], byte[]>, ? extends CompletionStage<T>> command) throws InterruptedException {
    long until = System.nanoTime() + allowed.toNanos();
    StatefulRedisConnection<byte[], byte[]> connection = link.await(until);
    try {
      CompletableFuture<T> answer = command.apply(connection.async()).toCompletableFuture();
      return answer.get(until - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      if (allowed.equals(options.timeout())) { // a caller in a hurry proves nothing
        link.doubt();
      }
      String line = "Redis at " + address + " did not answer " + what + " within " + allowed.toMillis() + " ms";
      throw writes ? Failures.unknown(line, e) : new StoreException(Reason.FAILED, line, e);
    } catch (InterruptedException e) {
      StoreException interrupted = Failures.interrupted(address.toString(), what, e);
      throw writes ? Failures.unknown(String.valueOf(interrupted.getMessage()), e) : interrupted;
    } catch (ExecutionException | RuntimeException e) {
      throw Failures.of(address.toString(), what, writes, e);
    }
  }

  /** Runs a script that answers a list of numbers. The server learns it when it does not know it. */
  List<Long> numbers(Script script, byte[][] keys, byte[]... args) {
    return call(script.name(), script.writes(), commands -> Redis.<List<Long>>run(commands, script, keys, args));
  }

  /** Runs a script that answers a list of texts. */
  List<byte[]> texts(Script script, byte[][] keys, byte[]... args) {
    return call(script.name(), script.writes(), commands -> Redis.<List<byte[]>>run(commands, script, keys, args));
  }

  @SuppressWarnings("TypeParameterUnusedInFormals") // as Lettuce has it: what comes back depends on the script
  private static <T> CompletionStage<T> run(RedisAsyncCommands<byte[], byte[]> commands, Script script, byte[][] keys,
      byte[][] args) {
    return commands.<T>evalsha(script.digest(), ScriptOutputType.MULTI, keys, args)
        .exceptionallyCompose(e -> Failures.cause(e) instanceof RedisNoScriptException
            ? commands.eval(script.text(), ScriptOutputType.MULTI, keys, args)
            : CompletableFuture.failedFuture(e));
  }

  /** Ends the connections, and all calls and subscriptions with them. Idempotent. */
  @Override
  public void close() {
    link.close();
    channels.close();
    connections.close();
  }

  /** Host, port and database. */
  @Override
  public String toString() {
    return "Redis at " + address;
  }
}
