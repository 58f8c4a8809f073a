package dev.edge4j.state;

import dev.edge4j.App;
import dev.edge4j.Context;
import dev.edge4j.Handler;
import dev.edge4j.WebSocketHandler;
import java.util.List;
import java.util.function.Function;

/**
 * The objects of one class, by name. Safe for use by many threads.
 *
 * @param <T> the interface of the objects
 */
public interface Namespace<T> {
  /** The namespace's name. */
  String name();

  /**
   * A stub of an object: one call is one turn. Costs nothing and wakes nothing; every object exists, empty, before it is first called.
   *
   * <p>The caller waits for its turn. Arguments, results and exceptions cross by value, as JSON. An unchecked or declared exception
   * arrives as the same class if that can be made from its message alone, else as an {@link ObjectException}; that one,
   * {@link ObjectOverloadedException}, {@link ObjectTimeoutException} and {@link ObjectCycleException} also tell of failures of the call
   * itself.
   *
   * <p>An object may call others from the thread of its turn, which waits meanwhile; a call that would never end is refused as a
   * cycle, unless the class was declared {@link ObjectClass#reentrant}. Each object commits its own turn: there is no transaction over several. Threads that a
   * turn starts itself are not seen to belong to it, unless by a structured scope.
   *
   * @throws IllegalArgumentException for a name that is not 1 to 512 bytes of UTF-8 without NUL
   */
  default T get(String objectName) {
    return get(objectName, CallOptions.defaults());
  }

  /** A stub whose calls are made so: with a request id, a priority, a timeout. */
  T get(String objectName, CallOptions options);

  /**
   * Lets an object answer HTTP itself, which its class does as a {@link FetchHandler}: {@code app.mount("/cart/:user", carts.by("user"))}.
   * The object is the one that the parameter of the mount names, and it sees the path without the prefix.
   *
   * <p>The body, of 1 MiB at most (413), is read before the turn begins, and the response leaves after the commit. An {@link
   * dev.edge4j.HttpError} that the object throws undoes the turn and is answered as it says. Failures of the call are problem details: 503 with {@code Retry-After}
   * if the mailbox is full or nothing was executed for another reason, 504 if the deadline came while the turn ran, 508 for a cycle, 500 that says so if
   * nobody knows whether the turn is on disk.
   *
   * <p>The {@code Idempotency-Key} of a request is its request id, but for safe methods: sent again it gets the first response, with {@code
   * Idempotent-Replayed: true}, and is not executed. For another request it is 422; 409 if the response was a stream, a file or over 1 MiB, which are not
   * kept. A turn that throws keeps nothing: the request may be sent again.
   */
  App by(String parameter);

  /** As {@link #by}, where something else names the object: who is logged in, say. The object sees the path as it is. */
  Handler fetch(Function<? super Context, String> objectName);

  /**
   * Hands WebSockets to objects, whose class is a {@link SocketHandler}: {@code app.ws("/cart/:user/live", carts.sockets(c ->
   * c.param("user").asString()))}. The object may leave memory while the sockets stay. Clients may resume where {@link Sockets#RESUME} is among the
   * route's subprotocols. An object has 32,768 sockets at most.
   */
  WebSocketHandler sockets(Function<? super Context, String> objectName);

  /** As {@link #sockets(Function)}, with tags that the object can address them by: at most 10, of 1 to 256 bytes. */
  WebSocketHandler sockets(Function<? super Context, String> objectName, Function<? super Context, List<String>> tags);

  /**
   * Names of objects that have ever kept anything and do still, in the order of their UTF-8 bytes; for the next page, after the last.
   *
   * @throws IllegalArgumentException for a limit that is not 1 to 10,000
   */
  List<String> list(String after, int limit);

  /** Names of the objects that have that value of an {@linkplain Attributes attribute}, in order; otherwise as {@link #list}. */
  List<String> find(String attribute, String value, String after, int limit);

  /** What is on disk of an object, and whether it is in memory; wakes nothing and waits for no turn, so that one that hangs can be seen too. */
  ObjectInfo inspect(String objectName);

  /** Lets an object go from memory after the turns that wait for it; true if it was awake. The next call wakes it again. */
  boolean evict(String objectName);

  /** The state of an object between two turns. */
  ObjectSnapshot snapshot(String objectName);

  /**
   * Replaces all that an object keeps by a snapshot, as one turn; the object is dropped from memory. Its messages that wait, its kept replies and its
   * WebSockets stay.
   *
   * @throws IllegalArgumentException if the snapshot is of another namespace, of a newer version, or damaged
   */
  void restore(String objectName, ObjectSnapshot snapshot);

  /** Makes {@code to} what {@code from} is now. {@link IllegalStateException} if {@code to} keeps anything already. */
  void fork(String from, String to);
}
