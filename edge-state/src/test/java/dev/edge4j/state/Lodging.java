package dev.edge4j.state;

import dev.edge4j.server.Server;
import dev.edge4j.server.ServerOptions;
import dev.edge4j.state.runtime.LocalNamespace;
import dev.edge4j.state.store.ObjectStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Rooms in a folder, behind a server of their own, by a clock that stands still. */
final class Lodging implements AutoCloseable {
  private final AtomicReference<Instant> now;
  private final AtomicInteger awoken = new AtomicInteger();
  private final DurableObjects objects;
  private final Namespace<Room> rooms;
  private final Server server;

  private Lodging(DurableObjects objects, AtomicReference<Instant> now) {
    this.objects = objects;
    this.now = now;
    this.rooms = objects.namespace("room", Room.class, state -> {
      awoken.incrementAndGet();
      return new Room.Stored(state);
    });
    this.server = Server.start(Room.app(rooms), ServerOptions.port(0).withHost("127.0.0.1"));
  }

  static Lodging open(Path folder) {
    var now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    return new Lodging(DurableObjects.embedded(folder, options(now)), now);
  }

  static Lodging open(ObjectStore store) {
    var now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    return new Lodging(DurableObjects.of(store, options(now)), now);
  }

  private static DurableObjectsOptions options(AtomicReference<Instant> now) {
    return DurableObjectsOptions.defaults().withShards(1).withClock(now::get);
  }

  SocketClient plain(String target) {
    return SocketClient.plain(server.port(), target);
  }

  SocketClient resumable(String target) {
    return SocketClient.resumable(server.port(), target);
  }

  SocketClient resumed(SocketClient before, String target) {
    return before.resumed(server.port(), target);
  }

  int port() {
    return server.port();
  }

  Room room(String name) {
    return rooms.get(name);
  }

  LocalNamespace<Room> namespace() {
    return (LocalNamespace<Room>) rooms;
  }

  DurableObjects objects() {
    return objects;
  }

  int awoken() {
    return awoken.get();
  }

  int connections(String room) {
    return namespace().socketCount(new ObjectId("room", room));
  }

  void pass(Duration time) {
    now.updateAndGet(t -> t.plus(time));
  }

  static void until(BooleanSupplier condition) {
    long begun = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - begun > Duration.ofSeconds(20).toNanos()) {
        throw new AssertionError("it has not come to be");
      }
      LockSupport.parkNanos(1_000_000);
    }
  }

  @Override
  public void close() {
    objects.close();
    server.close();
  }
}
